pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import "../parts"

// Done; and what the person could do, too.
Page {
    id: screen

    required property ThanksModel model

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
    Words {
        width: parent.width
        visible: screen.model.offers.length > 0
        text: qsTr("下次您还可以办")
        font.weight: Font.Bold
        Accessible.role: Accessible.Heading
    }
    Repeater {
        model: screen.model.offers

        Notice {
            required property LineRow modelData

            width: parent?.width ?? 0
            warning: false
            text: modelData.label
            more: modelData.value
        }
    }
}
