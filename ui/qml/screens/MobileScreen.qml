import QtQuick
import Hall.Models
import "../parts"

// A mobile number, typed on ten large digits.
Page {
    id: screen

    required property QuestionModel model
    property string digits: model.answer

    reading: true
    title: model.ask
    lead: model.reason
    actions: [
        DigitPad {
            width: parent?.width ?? 0
            onDigit: figure => screen.digits = (screen.digits + figure).slice(0, 11)
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
        visible: screen.model.problem !== ""
        text: screen.model.problem
    }
}
