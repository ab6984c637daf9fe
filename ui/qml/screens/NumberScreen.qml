import QtQuick
import Hall.Models
import ".."
import "../parts"

// A number, typed on large digits: with a point where it may have one, and with what it may be at most.
Page {
    id: screen

    required property QuestionModel model
    property string figures: model.answer

    reading: true
    title: model.ask
    lead: model.reason
    actions: [
        DigitPad {
            width: parent?.width ?? 0
            extra: screen.model.extra_key
            onDigit: figure => screen.figures = (screen.figures + figure).slice(0, 15)
            onErase: screen.figures = screen.figures.slice(0, -1)
            onWipe: screen.figures = ""
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            enabled: screen.figures !== ""
            text: qsTr("确定")
            onClicked: screen.model.reply(screen.figures)
        }
    ]

    Notice {
        width: parent.width
        visible: text !== ""
        warning: false
        text: screen.model.not_found
    }
    FigureBox {
        width: parent.width
        name: screen.model.label
        figures: screen.figures
        unit: screen.model.unit
    }
    Notice {
        width: parent.width
        visible: screen.model.problem !== ""
        text: screen.model.problem
    }
    Words {
        width: parent.width
        visible: text !== ""
        text: screen.model.bound
        color: Theme.quietInk
    }
}
