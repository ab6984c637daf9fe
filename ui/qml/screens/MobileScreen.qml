import QtQuick
import Hall.Models
import ".."
import "../parts"

// A mobile number, typed on ten large digits.
Page {
    id: screen

    required property QuestionModel model
    property string digits: model.answer
    property string judged // what the last problem is about
    readonly property string wrong: model.problem !== "" && digits === judged ? model.problem : model.live(digits)

    Component.onCompleted: judged = digits
    onModelChanged: judged = digits

    reading: true
    title: model.ask
    lead: (Theme.landscape || Theme.textSize > 1) && model.problem !== "" ? "" : model.reason
    actions: [
        DigitPad {
            width: parent?.width ?? 0
            onDigit: figure => screen.digits = screen.model.with_key(screen.digits, figure)
            onErase: screen.digits = screen.digits.slice(0, -1)
            onWipe: screen.digits = ""
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            enabled: screen.digits.length === 11
            text: qsTr("确定")
            onClicked: screen.model.reply(screen.digits)
        }
    ]

    DigitCells {
        digits: screen.digits
        groups: [3, 4, 4]
    }
    Notice {
        width: parent.width
        visible: screen.wrong !== ""
        text: screen.wrong
    }
    Words {
        width: parent.width
        visible: text !== "" && screen.wrong === ""
        text: screen.model.still_missing(screen.digits)
        color: Theme.quietInk
    }
}
