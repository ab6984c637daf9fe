pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// Whose hall this is, how far one has come, and the small buttons that are on every screen.
Item {
    id: header

    required property ShellModel shell

    implicitHeight: Theme.touchTarget + (Theme.landscape ? Theme.gap : Theme.gapSmall + 2 * Theme.gap)

    HallMark {
        id: mark

        x: Theme.margin
        anchors.verticalCenter: tools.verticalCenter
    }
    Words {
        anchors.verticalCenter: tools.verticalCenter
        x: mark.x + mark.width + Theme.gap
        width: (tools.visible ? tools.x - Theme.gap : parent.width - Theme.margin) - x
        text: header.shell.hall_name
        font.pixelSize: Theme.note
        font.weight: Font.Medium
        lineHeight: 1
    }
    Tools {
        id: tools

        x: parent.width - width - Theme.margin
        y: (parent.height - height - line.height) / 2
        visible: !Theme.lowReach
        shell: header.shell
    }
    ProgressLine {
        id: line

        y: parent.height - height
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        visible: header.shell.total > 0
        position: header.shell.position
        total: header.shell.total
    }
}
