pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// A heading, and matters beneath it; nothing where there are none.
Column {
    id: list

    required property string heading
    required property list<QtObject> rows
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
    Repeater {
        model: list.rows

        ChoiceButton {
            required property ChoiceRow modelData

            width: parent?.width ?? 0
            text: modelData.label
            note: modelData.note
            compact: list.compact
            onClicked: list.chosen(modelData.value)
        }
    }
}
