import QtQuick
import ".."

// One line of the form, with "change" where it can be changed.
Item {
    id: line

    required property string label
    required property string value
    required property bool changeable
    property bool beside: false // the label stands before the value, not above it
    readonly property real before: Theme.labelWidth + Theme.gapLarge
    signal change

    readonly property real inner: width - (changeable ? button.width + Theme.gapSmall : 0)

    implicitHeight: Math.max(words.implicitHeight + (beside ? Theme.gapSmall : Theme.gap), changeable ? button.height + (beside ? Theme.gapTiny : Theme.gap) : 0)

    Grid {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        columns: line.beside ? 2 : 1
        spacing: Theme.hair

        Words {
            width: line.beside ? line.before : line.inner
            text: line.label
            font.pixelSize: Theme.note
            lineHeight: 1
            color: Theme.quietInk
        }
        Words {
            width: line.inner - (line.beside ? line.before + words.spacing : 0)
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
