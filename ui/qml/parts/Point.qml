import QtQuick
import ".."

// One line of a short list.
Item {
    id: point

    required property string text

    implicitHeight: words.implicitHeight

    Rectangle {
        x: Theme.gapTiny
        y: Theme.body * 0.62
        width: Theme.gapSmall
        height: width
        radius: width / 2
        color: Theme.accent
    }
    Words {
        id: words

        x: Theme.gapLarge
        width: parent.width - x
        text: point.text
    }
}
