import QtQuick
import ".."

// One line of the form, with "change" where it can be changed.
Item {
    id: line

    required property string label
    required property string value
    required property bool changeable
    signal change

    implicitHeight: Math.max(words.implicitHeight + 28, changeable ? 128 : 0)

    Column {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - (line.changeable ? button.width + Theme.gap : 0)
        spacing: 2

        Words {
            width: parent.width
            text: line.label
            font.pixelSize: Theme.note
            lineHeight: 1
            color: Theme.quietInk
        }
        Words {
            width: parent.width
            text: line.value
            font.weight: Font.Medium
            lineHeight: 1
        }
    }
    ActionButton {
        id: button

        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        width: 190
        height: 100
        visible: line.changeable
        text: qsTr("修改")
        Accessible.name: qsTr("修改%1").arg(line.label)
        onClicked: line.change()
    }
    Rectangle {
        y: parent.height - height
        width: parent.width
        height: 2
        color: Theme.rule
    }
}
