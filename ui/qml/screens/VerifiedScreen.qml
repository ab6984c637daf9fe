import QtQuick
import Hall.Models
import "../parts"

// The holder check is done.
Page {
    id: screen

    required property ClosingModel model

    title: qsTr("核验通过")
    lead: qsTr("下面请回答几个问题。")
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("继续办理")
        onClicked: screen.model.go_on()
    }

    Tick {
        anchors.horizontalCenter: parent.horizontalCenter
    }
}
