import QtQuick
import ".."

// A short text with its heading, on its own paper.
Rectangle {
    id: passage

    required property string heading
    required property string text

    implicitHeight: words.implicitHeight + 2 * Theme.gap
    radius: Theme.radius
    color: Theme.panel

    Column {
        id: words

        x: Theme.gap
        y: Theme.gap
        width: parent.width - 2 * x
        spacing: Theme.gapTiny

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
