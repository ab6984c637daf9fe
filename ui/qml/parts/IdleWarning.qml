import QtQuick
import Hall.Models
import ".."

// Nobody has touched anything for a while: one touch keeps everything.
Rectangle {
    id: warning

    required property ShellModel shell
    property int seconds: shell.idle_grace_s
    property bool counting: visible

    color: Theme.paper

    Timer {
        interval: 1000
        repeat: true
        running: warning.counting && warning.seconds > 0
        onTriggered: warning.seconds -= 1
    }
    MouseArea {
        anchors.fill: parent
    }
    Column {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.margin
        spacing: Theme.gapLarge

        Words {
            width: parent.width
            text: qsTr("您还在吗？")
            font.pixelSize: Theme.title
            font.weight: Font.Bold
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.Heading
        }
        Words {
            width: parent.width
            text: warning.seconds
            font.pixelSize: Theme.countdown
            font.weight: Font.Bold
            lineHeight: 1
            horizontalAlignment: Text.AlignHCenter
            color: Theme.accent
        }
        Rectangle {
            width: parent.width
            height: Theme.gapSmall
            radius: height / 2
            color: Theme.rule

            Rectangle {
                width: parent.width * warning.seconds / warning.shell.idle_grace_s
                height: parent.height
                radius: height / 2
                color: Theme.accent
            }
        }
        Words {
            width: parent.width
            text: qsTr("没有人操作时，本机会结束，并清除您填写的内容。")
            horizontalAlignment: Text.AlignHCenter
        }
        ActionButton {
            width: parent.width
            height: Theme.wayTouch
            main: true
            text: qsTr("我还在，继续办理")
            onClicked: warning.shell.still_here()
        }
    }
}
