pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// Done; and what the person could do, too.
Page {
    id: screen

    required property ThanksModel model

    reading: true
    title: qsTr("办完了，谢谢您")
    lead: qsTr("请取走身份证和凭条。")
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("结束")
        onClicked: screen.model.go_on()
    }
    picture: TakePicture {
        anchors.fill: parent
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
