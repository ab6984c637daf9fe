pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// Ways to go on, side by side: the same size and look, none in front of another.
Row {
    id: ways

    required property var rows
    // Whether they are what is to be done here, or ways out of it.
    property bool main: true
    readonly property int places: Math.max(rows.length, 1)
    // What the longest words need, all of them get.
    readonly property real tallest: children.reduce((most, way) => Math.max(most, way.implicitHeight), 0)
    signal chosen(string value)

    spacing: Theme.gap

    Repeater {
        model: ways.rows

        ActionButton {
            required property WayRow modelData

            width: (ways.width - (ways.places - 1) * ways.spacing) / ways.places
            height: Math.max(ways.places > 1 ? Theme.wayTouch : Theme.mainTouch, ways.tallest)
            main: ways.main
            textSize: ways.places > 2 ? Theme.body : Theme.label // seven characters on one line
            enabled: modelData.usable
            text: modelData.label
            onClicked: ways.chosen(modelData.value)
        }
    }
}
