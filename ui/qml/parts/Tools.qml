import QtQuick
import Hall.Models
import ".."

// The small buttons that are on every screen: above it, or beneath it where a low hand reaches them.
Row {
    id: tools

    required property ShellModel shell

    spacing: Theme.gapSmall

    SpeakerButtons {
        shell: tools.shell
    }
    ActionButton {
        height: Theme.touchTarget
        textSize: Theme.note
        text: qsTr("English")
        onClicked: tools.shell.switch_language()
    }
}
