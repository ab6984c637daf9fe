pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// Whose hall this is, how far one has come, and the small buttons that are on every screen.
Item {
    id: header

    required property ShellModel shell
    // What stands beside every screen has no room of its own here: it takes that of name and steps.
    readonly property bool terse: shell.terse && shell.short_news !== ""

    implicitHeight: Theme.touchTarget + line.height + (Theme.landscape ? 1 : 2) * Theme.gap

    HallMark {
        id: mark

        x: Theme.margin
        anchors.verticalCenter: tools.verticalCenter
    }
    Column {
        anchors.verticalCenter: tools.verticalCenter
        x: mark.x + mark.width + Theme.gapSmall
        width: (tools.visible ? tools.x - Theme.gapSmall : parent.width - Theme.margin) - x

        Words {
            width: parent.width
            visible: header.terse
            text: header.shell.short_news
            font.pixelSize: Theme.small
            font.weight: Font.Bold
            lineHeight: 1
            color: Theme.warnInk
            Accessible.role: Accessible.AlertMessage
        }
        Words {
            width: parent.width
            // A long name in large letters leaves the room to the steps.
            visible: !header.terse && implicitHeight + (steps.visible ? steps.implicitHeight : 0) <= Theme.touchTarget
            text: header.shell.hall_name
            font.pixelSize: Theme.small
            font.weight: Font.Medium
            lineHeight: 1
        }
        Words {
            id: steps

            width: parent.width
            visible: header.shell.total > 0 && !header.terse
            text: qsTr("第 %1 步，共 %2 步").arg(header.shell.position).arg(header.shell.total)
            font.pixelSize: Theme.small
            lineHeight: 1
            color: Theme.quietInk
            Accessible.ignored: true
        }
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
