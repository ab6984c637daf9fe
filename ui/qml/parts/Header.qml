pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../pictures"

// Whose hall this is, how far one has come, and the small buttons that are on every screen.
Item {
    id: header

    required property ShellModel shell
    // What comes unasked moves nothing: it takes the room of mark, name and steps.
    readonly property bool telling: shell.short_news !== ""
    readonly property real room: (tools.visible ? tools.x - Theme.gapSmall : width - Theme.margin) - Theme.margin
    signal help

    implicitHeight: Theme.touchTarget + line.height + (Theme.landscape ? 1 : 2) * Theme.gap

    HallMark {
        id: mark

        x: Theme.margin
        anchors.verticalCenter: tools.verticalCenter
        visible: !header.telling
    }
    Rectangle {
        x: Theme.margin
        y: tools.y
        width: header.room
        height: Theme.touchTarget
        visible: header.telling
        radius: Theme.radius
        color: header.shell.news_trouble ? Theme.warnPaper : Theme.tint

        NoticeMark {
            id: sign

            x: Theme.gapSmall
            anchors.verticalCenter: parent.verticalCenter
            warning: header.shell.news_trouble
        }
        Words {
            id: tells

            x: sign.x + sign.width + Theme.gapSmall
            width: parent.width - x - Theme.gapSmall
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.figureLeast
            text: whole.implicitHeight <= parent.height ? header.shell.head_news : header.shell.short_news
            font.pixelSize: Theme.small
            font.weight: Font.Bold
            lineHeight: 1
            color: header.shell.news_trouble ? Theme.warnInk : Theme.ink
            Accessible.role: Accessible.AlertMessage
        }
        Words {
            id: whole

            width: tells.width
            visible: false
            text: header.shell.head_news
            font: tells.font
            lineHeight: 1
        }
        MouseArea {
            anchors.fill: parent
            enabled: header.shell.offers_help && !Theme.lowReach
            onClicked: header.help()
        }
    }
    Column {
        anchors.verticalCenter: tools.verticalCenter
        x: mark.x + mark.width + Theme.gapSmall
        width: header.room - x + Theme.margin
        visible: !header.telling

        Label {
            // A long name in large letters leaves the room to the steps.
            visible: implicitHeight + (steps.visible ? steps.implicitHeight : 0) <= Theme.touchTarget
            said: header.shell.hall_name
            font.pixelSize: Theme.small
            font.weight: Font.Medium
        }
        Words {
            id: steps

            width: parent.width
            visible: header.shell.total > 0
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
