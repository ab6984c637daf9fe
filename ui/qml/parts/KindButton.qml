import QtQuick
import ".."
import "../pictures"

// A way to browse, with its mark.
Touchable {
    id: button

    required property string kind

    implicitHeight: Math.max(Theme.touch, words.implicitHeight + 2 * Theme.gap)
    leftPadding: Theme.gap
    rightPadding: Theme.gap

    background: Rectangle {
        radius: Theme.radius
        color: button.down ? Theme.tint : Theme.surface
        border.width: Theme.line
        border.color: Theme.accent
    }
    contentItem: Item {
        implicitHeight: words.implicitHeight

        KindMark {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            kind: button.kind
        }
        Words {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            x: mark.width + Theme.gap
            width: parent.width - x
            text: button.text
            font.weight: Font.Medium
            lineHeight: 1
            Accessible.ignored: true
        }
    }
}
