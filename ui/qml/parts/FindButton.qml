import QtQuick
import ".."

// Looks like a line to write in, with a magnifying glass: it opens the page where one writes.
Touchable {
    id: button

    required property string hint

    implicitHeight: Math.max(Theme.mainTouch, words.implicitHeight + 2 * Theme.gap)
    leftPadding: Theme.gap
    rightPadding: Theme.gap
    Accessible.description: hint

    background: Rectangle {
        radius: Theme.radius
        color: button.down ? Theme.tint : Theme.surface
        border.width: Theme.heavy
        border.color: Theme.accent
    }
    contentItem: Item {
        implicitHeight: words.implicitHeight

        Item {
            id: glass

            anchors.verticalCenter: parent.verticalCenter
            width: 84
            height: 84

            Rectangle {
                width: 58
                height: 58
                radius: 29
                color: "transparent"
                border.width: 9
                border.color: Theme.accent
            }
            Rectangle {
                x: 46
                y: 56
                width: 38
                height: 11
                radius: 5
                rotation: 45
                color: Theme.accent
                antialiasing: true
            }
        }
        Column {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            x: glass.width + Theme.gap
            width: parent.width - x
            spacing: Theme.gapTiny

            Words {
                width: parent.width
                text: button.text
                font.pixelSize: Theme.heading
                font.weight: Font.Bold
                lineHeight: 1
                Accessible.ignored: true
            }
            Words {
                width: parent.width
                text: button.hint
                font.pixelSize: Theme.note
                lineHeight: 1
                color: Theme.quietInk
                Accessible.ignored: true
            }
        }
    }
}
