import QtQuick
import Hall.Models
import ".."

// Whose hall this is, how far one has come, and the other language.
Item {
    id: header

    required property ShellModel shell

    implicitHeight: 168

    HallMark {
        id: mark

        x: Theme.margin
        y: 40
    }
    Words {
        anchors.verticalCenter: mark.verticalCenter
        x: mark.x + mark.width + 24
        width: language.x - x - 24
        text: header.shell.hall_name
        font.weight: Font.Medium
        lineHeight: 1
    }
    ActionButton {
        id: language

        x: parent.width - width - Theme.margin
        y: 28
        width: 212
        height: 96
        text: qsTr("English")
        onClicked: header.shell.switch_language()
    }
    ProgressLine {
        y: parent.height - height
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        visible: header.shell.total > 0
        position: header.shell.position
        total: header.shell.total
    }
}
