import QtQuick
import Hall.Models
import ".."
import "../parts"

// A day: four digits of the year, two of the month, two of the day.
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
            onDigit: figure => screen.digits = (screen.digits + figure).slice(0, 8)
            onErase: screen.digits = screen.digits.slice(0, -1)
            onWipe: screen.digits = ""
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            enabled: screen.digits.length === 8
            text: qsTr("确定")
            onClicked: screen.model.reply(screen.digits)
        }
    ]

    DigitCells {
        digits: screen.digits
        groups: [4, 2, 2]
        suffixes: [qsTr("年"), qsTr("月"), qsTr("日")]
    }
    Words {
        width: parent.width
        text: qsTr("例如 2009 年 3 月 5 日，输入 20090305")
        font.pixelSize: Theme.note
        color: Theme.quietInk
    }
    Notice {
        width: parent.width
        visible: screen.model.problem !== ""
        text: screen.model.problem
    }
}
