pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"

// A day, picked without typing: decade, year, month, and the day on a calendar.
Page {
    id: screen

    required property DayModel model
    readonly property bool calendar: model.level === "day"
    // With large cells, or for a low hand, a whole month takes the room of what leads to others.
    readonly property bool halved: calendar && (Theme.lowReach || Theme.textSize > 1)
    property bool late: model.late

    title: model.ask
    lead: calendar ? model.reason : model.reason + (model.reason === "" ? "" : "\n") + model.guidance
    actions: [
        Calendar {
            width: parent?.width ?? 0
            visible: screen.calendar
            model: screen.model
            from: screen.halved && screen.late ? weeks : 0
            upTo: screen.halved && !screen.late ? weeks : 2 * weeks
        },
        ActionButton {
            width: parent?.width ?? 0
            visible: screen.calendar
            main: true
            enabled: screen.model.picked
            text: qsTr("确定")
            hint: screen.halved ? screen.model.in_words : ""
            onClicked: screen.model.confirm()
        }
    ]

    Notice {
        width: parent.width
        visible: screen.model.problem !== ""
        text: screen.model.problem
    }
    Words {
        width: parent.width
        visible: screen.calendar && !screen.halved
        text: screen.model.in_words
        font.pixelSize: Theme.heading
        font.weight: screen.model.picked ? Font.Bold : Font.Normal
        color: screen.model.picked ? Theme.ink : Theme.quietInk
        lineHeight: 1
    }
    Row {
        id: where

        readonly property real side: screen.calendar ? (width - 2 * spacing) * 0.25 : 0

        width: parent.width
        visible: screen.model.within !== ""
        spacing: Theme.gapSmall

        ActionButton {
            width: where.side
            height: within.height
            visible: screen.calendar
            enabled: screen.model.has_earlier
            textSize: Theme.small
            text: qsTr("上个月")
            onClicked: screen.model.leaf(-1)
        }
        ActionButton {
            id: within

            width: where.width - (screen.calendar ? 2 * (where.side + where.spacing) : 0)
            text: screen.model.within
            hint: screen.model.upper_hint
            onClicked: screen.model.widen()
        }
        ActionButton {
            width: where.side
            height: within.height
            visible: screen.calendar
            enabled: screen.model.has_later
            textSize: Theme.small
            text: qsTr("下个月")
            onClicked: screen.model.leaf(1)
        }
    }
    ActionButton {
        width: parent.width
        visible: screen.halved
        text: screen.late ? qsTr("看上半月") : qsTr("看下半月")
        onClicked: screen.late = !screen.late
    }
    Grid {
        id: grid

        readonly property real cell: (width - (columns - 1) * spacing) / columns

        width: parent.width
        visible: !screen.calendar
        columns: Theme.landscape && screen.model.level === "year" ? 5 : (screen.model.level === "decade" ? 3 : 4) - (Theme.textSize > 1 ? 1 : 0)
        spacing: Theme.gapSmall

        Repeater {
            model: screen.calendar ? [] : screen.model.cells

            PickCell {
                required property CellRow modelData

                width: grid.cell
                height: Theme.landscape && Theme.lowReach ? Theme.touchTarget : Theme.mainTouch
                text: modelData.label
                Accessible.name: modelData.spoken
                enabled: modelData.usable
                chosen: modelData.chosen
                onClicked: screen.model.narrow(modelData.place)
            }
        }
    }
}
