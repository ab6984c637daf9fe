pragma ComponentBehavior: Bound

import QtQuick
import ".."

// How far one has come: a line of parts, and the same in words for who cannot see it.
Row {
    id: line

    required property int position
    required property int total

    height: Theme.gapSmall
    spacing: Theme.gapTiny
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("第 %1 步，共 %2 步").arg(position).arg(total)

    Repeater {
        model: line.total

        Rectangle {
            required property int index

            width: (line.width - (line.total - 1) * line.spacing) / line.total
            height: line.height
            radius: height / 2
            color: index < line.position ? Theme.accent : Theme.surface
            border.width: Theme.hair
            border.color: index < line.position ? Theme.accent : Theme.rule
        }
    }
}
