import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// The holder check is done.
Page {
    id: screen

    required property ClosingModel model

    reading: true
    title: qsTr("核验通过")
    lead: qsTr("下面请回答几个问题。")
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("继续办理")
        onClicked: screen.model.go_on()
    }
    picture: Tick {
        anchors.fill: parent
    }
}
