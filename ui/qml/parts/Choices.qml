pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// A button for each thing to choose. In elder mode a few at a time, and one more that shows the next few.
Column {
    id: choices

    required property var rows
    property bool compact: false // where there is little room
    property int asked: 0
    readonly property bool few: Theme.elder && rows.length > Theme.fewest + 1
    readonly property int begin: few && asked < rows.length ? asked : 0
    readonly property int end: few ? Math.min(begin + Theme.fewest, rows.length) : rows.length
    signal chosen(string value)

    function show(): void {
        let place = parent;
        while (place && !(place as ScrollArea))
            place = place.parent;
        (place as ScrollArea)?.reveal(choices);
    }

    spacing: compact ? Theme.gapTiny : Theme.gapSmall
    // The first of the next few, and not whatever now stands where the finger was.
    onBeginChanged: Qt.callLater(show)

    Repeater {
        model: choices.rows.slice(choices.begin, choices.end)

        ChoiceButton {
            required property ChoiceRow modelData

            width: parent?.width ?? 0
            text: modelData.label
            note: modelData.note
            chosen: modelData.chosen
            compact: choices.compact
            onClicked: choices.chosen(modelData.value)
        }
    }
    ActionButton {
        width: parent.width
        visible: choices.few
        text: choices.end < choices.rows.length ? qsTr("再看几个（还有 %1 个）").arg(choices.rows.length - choices.end) : qsTr("回到前面几个")
        onClicked: choices.asked = choices.end < choices.rows.length ? choices.end : 0
    }
}
