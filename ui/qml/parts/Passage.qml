import QtQuick
import ".."

// A short text with its heading, on its own paper.
Rectangle {
    id: passage

    required property string heading
    required property string text

    implicitHeight: words.implicitHeight + 64
    radius: Theme.radius
    color: Theme.panel

    Column {
        id: words

        x: 32
        y: 32
        width: parent.width - 64
        spacing: 12

        Words {
            width: parent.width
            text: passage.heading
            font.weight: Font.Bold
            Accessible.role: Accessible.Heading
        }
        Words {
            width: parent.width
            text: passage.text
        }
    }
}
