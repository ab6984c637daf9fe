import QtQuick
import ".."
import "../pictures"

// One matter of a joint one: what it is and who does it, and beneath it how it stands.
Item {
    id: line

    required property string text
    required property string more
    required property bool warning

    implicitHeight: words.implicitHeight + 2 * Theme.gapSmall

    NoticeMark {
        id: mark

        y: words.y + (first.height / first.lineCount - height) / 2
        warning: line.warning
    }
    Column {
        id: words

        x: mark.width + Theme.gap
        y: Theme.gapSmall
        width: parent.width - x
        spacing: Theme.gapTiny

        Words {
            id: first

            width: parent.width
            text: line.text
            font.weight: Font.Medium
            lineHeight: 1
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: line.more
            font.pixelSize: Theme.note
            lineHeight: 1
            color: line.warning ? Theme.warnInk : Theme.quietInk
        }
    }
    Rectangle {
        y: parent.height - height
        width: parent.width
        height: Theme.hair
        color: Theme.rule
    }
}
