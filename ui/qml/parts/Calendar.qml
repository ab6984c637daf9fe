pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// One month: its days beneath their weekdays, each large enough for a finger.
Grid {
    id: month

    required property DayModel model
    property int from: 0 // the first week that is shown
    property int upTo: 6 // the first that is not

    readonly property real cell: (width - (columns - 1) * spacing) / columns
    readonly property int cellHeight: Theme.landscape ? Theme.touchTarget : Theme.touch

    columns: 7
    spacing: Theme.gapTiny

    Repeater {
        model: month.model.weekdays

        Words {
            required property string modelData

            width: month.cell
            text: modelData
            font.pixelSize: Theme.small
            lineHeight: 1
            color: Theme.quietInk
            horizontalAlignment: Text.AlignHCenter
        }
    }
    Repeater {
        model: month.model.blanks

        Item {
            width: month.cell
            height: month.cellHeight
            visible: month.from === 0
        }
    }
    Repeater {
        model: month.model.cells

        PickCell {
            required property CellRow modelData
            required property int index
            readonly property int week: Math.floor((month.model.blanks + index) / 7)

            width: month.cell
            height: month.cellHeight
            visible: week >= month.from && week < month.upTo
            text: modelData.label
            Accessible.name: modelData.spoken
            enabled: modelData.usable
            chosen: modelData.chosen
            onClicked: month.model.narrow(modelData.place)
        }
    }
}
