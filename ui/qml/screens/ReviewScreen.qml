pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// Check your answers; each line can be changed.
Page {
    id: screen

    required property ReviewModel model

    title: qsTr("请核对填写的内容")
    lead: qsTr("身份证上的内容与证件一致，不能修改。")
    spacing: 0
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("核对无误，去签名")
        onClicked: screen.model.go_on()
    }
    picture: SignPicture {
        anchors.fill: parent
        moving: false
    }

    Column {
        width: parent.width
        visible: members.count > 0
        bottomPadding: Theme.gap

        Repeater {
            id: members

            model: screen.model.members

            MemberLine {
                required property LineRow modelData

                width: parent?.width ?? 0
                warning: modelData.line_id !== ""
                text: modelData.label
                more: modelData.value
            }
        }
    }
    Repeater {
        model: screen.model.lines

        ReviewLine {
            required property LineRow modelData

            width: parent?.width ?? 0
            label: modelData.label
            value: modelData.value
            changeable: modelData.line_id !== ""
            onChange: screen.model.change(modelData.line_id)
        }
    }
}
