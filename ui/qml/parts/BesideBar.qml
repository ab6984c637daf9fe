import QtQuick
import Hall.Models
import ".."

// A quiet bar at one place of every screen: help that is offered, a guide who was called, a visit that ends.
Rectangle {
    id: bar

    required property ShellModel shell
    readonly property real inner: width - 2 * Theme.margin
    // Where the buttons do not fit behind the words, they stand beneath.
    readonly property bool behind: Theme.landscape
    readonly property int count: shell.offers_help ? 2 + shell.offers_larger + shell.offers_voice : shell.call_failed || shell.call_open ? 1 : 0
    readonly property real room: !behind ? inner : shell.offers_help ? inner - Theme.leftWidth - Theme.columnGap : 3 * Theme.touch
    readonly property real each: (room - (count - 1) * Theme.gapSmall) / count

    implicitHeight: (behind ? Math.max(says.implicitHeight, buttons.height) : says.implicitHeight + (count > 0 ? buttons.height + Theme.gapSmall : 0)) + 2 * Theme.gapSmall
    color: shell.news_trouble ? Theme.warnPaper : Theme.tint

    Rectangle {
        width: parent.width
        height: Theme.line
        color: bar.shell.news_trouble ? Theme.warnRule : Theme.accent
    }
    Words {
        id: says

        x: Theme.margin
        y: bar.behind ? (parent.height - implicitHeight) / 2 : Theme.gapSmall
        width: bar.inner - (bar.behind && bar.count > 0 ? bar.room + Theme.gap : 0)
        text: bar.shell.news
        font.weight: Font.Medium
        color: bar.shell.news_trouble ? Theme.warnInk : Theme.ink
        Accessible.role: Accessible.AlertMessage
    }
    Row {
        id: buttons

        x: Theme.margin + bar.inner - bar.room
        y: bar.behind ? (parent.height - height) / 2 : parent.height - height - Theme.gapSmall
        height: Math.max(Theme.touchTarget, larger.implicitHeight, voice.implicitHeight, call.implicitHeight, refuse.implicitHeight)
        spacing: Theme.gapSmall

        ActionButton {
            id: larger

            width: bar.each
            height: parent.height
            visible: bar.shell.offers_larger
            textSize: Theme.footLabel
            text: qsTr("字大一些")
            onClicked: bar.shell.take_larger()
        }
        ActionButton {
            id: voice

            width: bar.each
            height: parent.height
            visible: bar.shell.offers_voice
            textSize: Theme.footLabel
            text: qsTr("读给我听")
            onClicked: bar.shell.take_voice()
        }
        ActionButton {
            id: call

            width: bar.each
            height: parent.height
            visible: bar.shell.offers_help
            textSize: Theme.footLabel
            text: qsTr("叫工作人员")
            onClicked: bar.shell.call_guide()
        }
        ActionButton {
            id: refuse

            width: bar.each
            height: parent.height
            visible: bar.shell.offers_help
            textSize: Theme.footLabel
            text: qsTr("不用，谢谢")
            onClicked: bar.shell.refuse_help()
        }
        ActionButton {
            width: bar.each
            height: parent.height
            visible: bar.shell.call_failed || bar.shell.call_open
            textSize: Theme.footLabel
            text: bar.shell.call_failed ? qsTr("知道了") : qsTr("不用来了")
            onClicked: bar.shell.note_call()
        }
    }
}
