import QtQuick
import QtQuick.Templates as T
import ".."

// Looks like a line to write in, with a magnifying glass: it opens the page where one writes.
T.Button {
    id: button

    required property string hint

    implicitHeight: 190
    leftPadding: 44
    rightPadding: 44
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: hint

    background: Rectangle {
        radius: Theme.radius
        color: button.down ? Theme.tint : "white"
        border.width: 6
        border.color: Theme.accent
    }
    contentItem: Item {
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
            anchors.verticalCenter: parent.verticalCenter
            x: glass.width + 36
            width: parent.width - x
            spacing: 6

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
