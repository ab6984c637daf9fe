import QtQuick
import Hall.Models
import ".."
import "../parts"

// A number that somebody else has given, typed on large digits; and where the person finds it.
Page {
    id: screen

    required property QuestionModel model
    property string figures: model.answer
    property string judged // what the last problem is about
    readonly property string wrong: model.problem !== "" && figures === judged ? model.problem : model.live(figures)

    Component.onCompleted: judged = figures
    onModelChanged: judged = figures

    reading: true
    title: model.ask
    lead: model.reason
    actions: [
        DigitPad {
            width: parent?.width ?? 0
            extra: screen.model.extra_key
            onDigit: figure => screen.figures = screen.model.with_key(screen.figures, figure)
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
        figures: screen.model.grouped(screen.figures)
        unit: screen.model.still_missing(screen.figures)
    }
    Notice {
        width: parent.width
        visible: screen.wrong !== ""
        text: screen.wrong
    }
    Words {
        width: parent.width
        visible: text !== ""
        text: screen.model.where
    }
    Words {
        width: parent.width
        visible: text !== ""
        text: screen.model.example
        font.pixelSize: Theme.note
        color: Theme.quietInk
    }
}
