import QtQuick
import Hall.Models
import ".."
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
    Choices {
        width: parent.width
        spacing: Theme.gap
        rows: screen.model.options
        onChosen: value => screen.model.reply(value)
    }
}
