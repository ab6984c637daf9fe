pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// What is said here, once more; and the voice on or off. Where nothing can be heard they say so.
Row {
    id: speaker

    required property ShellModel shell

    spacing: Theme.gapSmall

    ToolButton {
        visible: speaker.shell.voice_works
        text: qsTr("朗读")
        Accessible.description: qsTr("把这一页要做的事念出来")
        onClicked: speaker.shell.say_again()
    }
    ToolButton {
        enabled: speaker.shell.voice_works
        text: !enabled ? qsTr("没有声音") : speaker.shell.spoken ? qsTr("静音") : qsTr("出声")
        Accessible.description: enabled ? qsTr("每一页都念，或者不念") : qsTr("本机现在放不出声音")
        onClicked: speaker.shell.switch_spoken()
    }
}
