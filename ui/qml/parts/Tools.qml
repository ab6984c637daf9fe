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
    ToolButton {
        visible: tools.shell.can_hide
        text: qsTr("遮住")
        Accessible.description: qsTr("把屏幕上的内容都遮住")
        onClicked: tools.shell.hide()
    }
    ToolButton {
        text: qsTr("English")
        onClicked: tools.shell.switch_language()
    }
}
