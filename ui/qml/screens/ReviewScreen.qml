pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"

// Check your answers; each line can be changed.
Page {
    id: screen

    required property ReviewModel model

    title: qsTr("请核对填写的内容")
    lead: Theme.landscape ? "" : qsTr("身份证上的内容与证件一致，不能修改。") // lying, at the end: the lines need the room
    spacing: 0
    broad: true
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("核对无误，去签名")
        onClicked: screen.model.go_on()
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
    Grid {
        id: form

        width: parent.width
        columns: Theme.landscape ? 2 : 1
        columnSpacing: Theme.columnGap

        Repeater {
            model: screen.model.lines

            ReviewLine {
                required property LineRow modelData

                beside: Theme.landscape && Theme.textSize < 2
                width: (form.width - (form.columns - 1) * form.columnSpacing) / form.columns
                label: modelData.label
                value: modelData.value
                changeable: modelData.line_id !== ""
                onChange: screen.model.change(modelData.line_id)
            }
        }
    }
    Words {
        width: parent.width
        visible: Theme.landscape
        topPadding: Theme.gapSmall
        text: qsTr("身份证上的内容与证件一致，不能修改。")
        font.pixelSize: Theme.note
        color: Theme.quietInk
    }
}
