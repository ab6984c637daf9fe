pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// A square to write one character in, and what it may be, a large button each.
Item {
    id: panel

    required property ShellModel shell
    property real inset: Theme.gap // from the edges of the screen
    // What zinnia says after each stroke; nothing is put anywhere by itself.
    property list<string> offered: []
    readonly property list<string> figures: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-", "号"]
    readonly property int columns: Theme.landscape || Theme.textSize < 2 ? 4 : 3
    readonly property int rows: figures.length / columns
    readonly property real side: Theme.landscape ? height : height - verbs.height - Theme.gapSmall

    function take(character: string): void {
        shell.put(character);
        pad.wipe();
    }

    onVisibleChanged: pad.wipe()

    Rectangle {
        id: paper

        x: panel.inset
        width: panel.side
        height: panel.side
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.line
        border.color: Theme.accent

        Rectangle {
            x: parent.width / 2
            y: Theme.gap
            visible: !Theme.highContrast // there it would look like ink
            width: Theme.hair
            height: parent.height - 2 * Theme.gap
            color: Theme.rule
        }
        Rectangle {
            x: Theme.gap
            y: parent.height / 2
            visible: !Theme.highContrast
            width: parent.width - 2 * Theme.gap
            height: Theme.hair
            color: Theme.rule
        }
        Words {
            x: Theme.gapSmall
            y: Theme.gapSmall
            width: parent.width - 2 * x
            visible: pad.empty
            text: qsTr("在这里写一个字")
            font.pixelSize: Theme.note
            lineHeight: 1
            color: Theme.quietInk
            horizontalAlignment: Text.AlignHCenter
        }
        WritingPad {
            id: pad

            anchors.fill: parent
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("手写区")
            onLifted: panel.offered = panel.shell.read_writing(pad.strokes)
        }
    }
    Grid {
        id: choices

        x: paper.x + paper.width + Theme.gapSmall
        width: panel.width - x - Math.max(panel.inset, Theme.gapTiny)
        columns: panel.columns
        spacing: Theme.gapTiny

        Repeater {
            // Figures are written with a touch: zinnia knows none.
            model: pad.empty ? panel.figures : panel.offered

            PadKey {
                required property string modelData

                width: (choices.width - (panel.columns - 1) * choices.spacing) / panel.columns
                height: (panel.side - (Theme.landscape ? verbs.height + choices.spacing : 0) - (panel.rows - 1) * choices.spacing) / panel.rows
                text: modelData
                onClicked: panel.take(modelData)
            }
        }
    }
    Row {
        id: verbs

        x: Theme.landscape ? choices.x : paper.x
        y: panel.height - height
        width: panel.width - x - Math.max(panel.inset, Theme.gapTiny)
        spacing: Theme.gapTiny

        ActionButton {
            width: (verbs.width - 2 * verbs.spacing) / 3
            height: Theme.touchTarget
            enabled: !pad.empty
            textSize: Theme.small
            text: qsTr("退一笔")
            onClicked: pad.undo()
        }
        ActionButton {
            width: (verbs.width - 2 * verbs.spacing) / 3
            height: Theme.touchTarget
            enabled: !pad.empty
            textSize: Theme.small
            text: qsTr("重写")
            onClicked: pad.wipe()
        }
        ActionButton {
            width: (verbs.width - 2 * verbs.spacing) / 3
            height: Theme.touchTarget
            textSize: Theme.small
            text: qsTr("删除")
            onClicked: panel.shell.rub_out()
        }
    }
}
