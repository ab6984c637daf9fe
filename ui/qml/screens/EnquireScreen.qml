pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// What was looked up about the person: who told it, and every line of it.
Page {
    id: screen

    required property EnquireModel model

    reading: true
    title: model.title
    lead: model.lead
    spacing: 0
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: screen.model.way_on
        onClicked: screen.model.go_on()
    }
    picture: CounterPicture {
        anchors.fill: parent
        visible: screen.model.open_way !== ""
    }

    WayOpen {
        width: parent.width
        visible: screen.model.open_way !== ""
        text: screen.model.open_way
    }
    Repeater {
        model: screen.model.cases

        CaseEntry {
            required property CaseRow modelData

            width: parent?.width ?? 0
            title: modelData.title
            step: modelData.step
            number: modelData.number
            day: modelData.day
        }
    }
    Repeater {
        model: screen.model.lines

        Fact {
            required property LineRow modelData

            width: parent?.width ?? 0
            labelWidth: Theme.labelWide
            label: modelData.label
            value: modelData.value
        }
    }
}
