import QtQuick
import ".."

// A heading, and matters beneath it; nothing where there are none.
Column {
    id: list

    required property string heading
    required property var rows
    // Above the keyboard there is little room.
    property bool compact: false
    signal chosen(string value)

    visible: rows.length > 0
    spacing: compact ? Theme.gapTiny : Theme.gapSmall

    Words {
        width: parent.width
        text: list.heading
        color: Theme.quietInk
        font.pixelSize: Theme.note
        Accessible.role: Accessible.Heading
    }
    Choices {
        width: parent.width
        rows: list.rows
        compact: list.compact
        onChosen: value => list.chosen(value)
    }
}
