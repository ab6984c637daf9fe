pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"

// Where an address lies: province, city, district, street, a touch each. What is above can be changed.
Page {
    id: screen

    required property AddressModel model

    title: model.ask
    lead: model.reason + (model.reason === "" ? "" : "\n") + model.guidance

    Notice {
        width: parent.width
        visible: screen.model.problem !== ""
        text: screen.model.problem
    }
    Flow {
        width: parent.width
        spacing: Theme.gapSmall

        Repeater {
            model: screen.model.path

            ActionButton {
                required property ChoiceRow modelData

                text: modelData.label
                hint: modelData.note
                onClicked: screen.model.narrow(modelData.value)
            }
        }
    }
    Grid {
        id: grid

        readonly property real cell: (width - (columns - 1) * spacing) / columns

        width: parent.width
        columns: Theme.textSize > 1 ? 2 : 3
        spacing: Theme.gapSmall

        Repeater {
            model: screen.model.options

            PickCell {
                required property ChoiceRow modelData

                width: grid.cell
                height: Math.max(implicitHeight, Theme.touch)
                text: modelData.label
                note: modelData.note
                chosen: modelData.chosen
                onClicked: screen.model.narrow(modelData.value)
            }
        }
    }
}
