import QtQuick
import Hall.Models
import ".."

// A quiet bar above the screen: the guide whom the person has called. It is as high for whatever it says, so that
// nothing moves when the answer comes.
Rectangle {
    id: bar

    required property ShellModel shell

    implicitHeight: Math.max(answer.height, most.implicitHeight) + 2 * Theme.gapSmall
    color: shell.call_failed ? Theme.warnPaper : Theme.tint

    Rectangle {
        width: parent.width
        height: Theme.line
        color: bar.shell.call_failed ? Theme.warnRule : Theme.accent
    }
    Words {
        id: says

        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: answer.x - Theme.gap - x
        text: bar.shell.news
        font.weight: Font.Medium
        color: bar.shell.call_failed ? Theme.warnInk : Theme.ink
        Accessible.role: Accessible.AlertMessage
    }
    Words {
        id: most

        width: says.width
        visible: false
        text: bar.shell.most_news
        font: says.font
    }
    ActionButton {
        id: answer

        x: parent.width - width - Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: 2 * Theme.touchTarget + Theme.gapLarge
        height: Math.max(Theme.touchTarget, implicitHeight)
        visible: bar.shell.call_failed || bar.shell.call_open
        textSize: Theme.footLabel
        text: bar.shell.call_failed ? qsTr("知道了") : qsTr("不用来了")
        onClicked: bar.shell.note_call()
    }
}
