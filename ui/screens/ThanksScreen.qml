import QtQuick
import Hall.Models
import "../parts"

// Done.
Page {
    id: screen

    required property ClosingModel model

    title: qsTr("办完了，谢谢您")
    lead: qsTr("请取走身份证和凭条。")
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("结束")
        onClicked: screen.model.go_on()
    }

    Tick {
        anchors.horizontalCenter: parent.horizontalCenter
    }
}
