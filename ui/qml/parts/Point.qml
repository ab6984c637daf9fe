import QtQuick
import ".."

// One line of a short list.
Item {
    id: point

    required property string text

    implicitHeight: words.implicitHeight

    Rectangle {
        x: 6
        y: 22
        width: 12
        height: 12
        radius: 6
        color: Theme.accent
    }
    Words {
        id: words

        x: 40
        width: parent.width - x
        text: point.text
    }
}
