import QtQuick
import ".."
import "../pictures"

// Something to know before going on. `warning` colours it; the words carry the meaning.
Rectangle {
    id: notice

    required property string text
    property string more: ""
    property bool warning: true

    implicitHeight: words.implicitHeight + Theme.gapLarge
    radius: Theme.radius
    color: warning ? Theme.warnPaper : Theme.tint

    NoticeMark {
        id: mark

        x: Theme.gap
        y: words.y + (first.height / first.lineCount - height) / 2
        warning: notice.warning
    }
    Column {
        id: words

        x: mark.x + mark.width + Theme.gap
        y: Theme.gapLarge / 2
        width: parent.width - x - Theme.gap
        spacing: Theme.gapTiny

        Words {
            id: first

            width: parent.width
            text: notice.text
            font.weight: Font.Medium
            color: notice.warning ? Theme.warnInk : Theme.ink
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: notice.more
            font.pixelSize: Theme.note
            color: notice.warning ? Theme.warnInk : Theme.ink
        }
    }
}
