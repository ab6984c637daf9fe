import QtQuick

// Words on a button or of a title: where one line is too narrow, Chinese breaks after its stop, or into halves.
Words {
    id: label

    required property string said
    readonly property real room: parent?.width ?? 0
    readonly property int lines: Math.ceil((whole.advanceWidth - 1) / Math.max(1, room))
    readonly property bool halved: lines > 1 && !said.includes(" ")
    readonly property int stop: said.search(/[，；：？]./) + 1
    readonly property bool stops: halved && stop > 0 && Math.max(stop, said.length - stop) * font.pixelSize <= room

    width: halved && !stops ? Math.min(room, whole.advanceWidth / lines + font.pixelSize * 0.6) : room
    text: stops ? said.slice(0, stop) + "\n" + said.slice(stop) : said
    lineHeight: 1
    Accessible.name: said

    TextMetrics {
        id: whole

        font: label.font
        text: label.said
    }
}
