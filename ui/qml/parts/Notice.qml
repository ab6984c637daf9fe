import QtQuick
import ".."

// Something to know before going on. `warning` colours it; the words carry the meaning.
Rectangle {
    id: notice

    required property string text
    property string more: ""
    property bool warning: true

    implicitHeight: words.implicitHeight + 48
    radius: Theme.radius
    color: warning ? Theme.warnPaper : Theme.tint

    Rectangle {
        width: 10
        radius: 5
        height: parent.height - 32
        x: 18
        y: 16
        color: notice.warning ? Theme.warnRule : Theme.accent
    }
    Column {
        id: words

        x: 52
        y: 24
        width: parent.width - 52 - Theme.gap
        spacing: 10

        Words {
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
