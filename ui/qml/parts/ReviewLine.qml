import QtQuick
import ".."

// One line of the form, with "change" where it can be changed.
Item {
    id: line

    required property string label
    required property string value
    required property bool changeable
    signal change

    implicitHeight: Math.max(words.implicitHeight + Theme.gap, changeable ? button.height + Theme.gap : 0)

    Column {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - (line.changeable ? button.width + Theme.gap : 0)
        spacing: Theme.hair

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
        width: 2 * Theme.touchTarget
        height: Theme.touchTarget
        visible: line.changeable
        text: qsTr("修改")
        Accessible.name: qsTr("修改%1").arg(line.label)
        onClicked: line.change()
    }
    Rectangle {
        y: parent.height - height
        width: parent.width
        height: Theme.hair
        color: Theme.rule
    }
}
