pragma ComponentBehavior: Bound

import QtQuick
import ".."

// Work is going on: three dots, one after the other, slowly.
Row {
    id: dots

    property int lit: 0

    topPadding: Theme.gap
    spacing: Theme.gapLarge

    Timer {
        interval: 500
        repeat: true
        running: dots.visible && !Theme.still
        onTriggered: dots.lit = (dots.lit + 1) % 3
    }
    Repeater {
        model: 3

        Rectangle {
            required property int index

            width: Theme.gap
            height: width
            radius: width / 2
            color: index === dots.lit ? Theme.accent : Theme.surface
            border.width: Theme.line
            border.color: index === dots.lit ? Theme.accent : Theme.rule
        }
    }
}
