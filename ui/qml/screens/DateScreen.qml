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
    // With large cells, or for a low hand, a whole month takes the room of what leads to others: a part at a time.
    readonly property int parts: Theme.lowReach ? 3 : Theme.textSize > 1 ? 2 : 1
    readonly property int weeks: 6 / parts
    readonly property int next: (part + 1) * weeks * 7 - model.blanks + 1
    property int part: Math.floor(model.week / weeks)

    title: model.ask
    lead: calendar && model.problem !== "" ? "" : calendar ? model.reason : model.reason + (model.reason === "" ? "" : "\n") + model.guidance
    actions: [
        Calendar {
            width: parent?.width ?? 0
            visible: screen.calendar
            model: screen.model
            from: screen.part * screen.weeks
            upTo: from + screen.weeks
        },
        Row {
            width: parent?.width ?? 0
            visible: screen.calendar
            spacing: Theme.gap

            ActionButton {
                id: rest

                readonly property bool goesOn: screen.next <= screen.model.cells.length

                width: (parent.width - parent.spacing) * 0.35
                height: confirm.height
                visible: screen.parts > 1
                text: goesOn ? qsTr("看 %1 日以后").arg(screen.next) : qsTr("看月初")
                onClicked: screen.part = goesOn ? screen.part + 1 : 0
            }
            ActionButton {
                id: confirm

                width: parent.width - (rest.visible ? rest.width + parent.spacing : 0)
                main: true
                enabled: screen.model.picked
                text: qsTr("确定")
                hint: screen.parts > 1 ? screen.model.in_words : ""
                onClicked: screen.model.confirm()
            }
        }
    ]

    Notice {
        width: parent.width
        visible: screen.model.problem !== ""
        text: screen.model.problem
    }
    Words {
        width: parent.width
        visible: screen.calendar && screen.parts === 1
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
