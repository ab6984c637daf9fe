pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import "../parts"

// A question with a few answers, a button each.
Page {
    id: screen

    required property QuestionModel model

    title: model.ask
    lead: model.reason

    Notice {
        width: parent.width
        visible: screen.model.problem !== ""
        text: screen.model.problem
    }
    Repeater {
        model: screen.model.options

        ChoiceButton {
            required property ChoiceRow modelData

            width: parent?.width ?? 0
            text: modelData.label
            note: modelData.note
            chosen: modelData.chosen
            onClicked: screen.model.reply(modelData.value)
        }
    }
}
