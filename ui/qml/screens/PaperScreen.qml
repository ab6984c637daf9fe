import QtQuick
import Hall.Models
import ".."
import "../parts"

// One of the forms and agreements that are signed together, to be read.
Page {
    id: screen

    required property PaperModel model

    reading: true
    title: model.name
    spacing: 0
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("看完了，返回签名")
        onClicked: screen.model.close()
    }

    Words {
        width: parent.width
        visible: text !== ""
        text: screen.model.passage
    }
    Repeater {
        model: screen.model.lines

        Fact {
            required property LineRow modelData

            width: parent?.width ?? 0
            labelWidth: Theme.labelWide
            label: modelData.label
            value: modelData.value
        }
    }
}
