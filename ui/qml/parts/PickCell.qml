import QtQuick
import ".."

// One of many that stand in a grid: a year, a month, a day, a district.
Touchable {
    id: cell

    property bool chosen: false
    property string note: ""
    property int textSize: Theme.body

    implicitHeight: Math.max(Theme.touch, words.implicitHeight + Theme.gapSmall)
    leftPadding: Theme.gapTiny
    rightPadding: Theme.gapTiny
    Accessible.description: note

    background: Rectangle {
        radius: Theme.radiusSmall
        color: !cell.enabled ? "transparent" : cell.chosen ? Theme.accent : cell.down ? Theme.tint : Theme.surface
        border.width: !cell.enabled ? 0 : Theme.line
        border.color: cell.chosen || cell.down ? Theme.accent : Theme.rule
    }
    contentItem: Item {
        implicitHeight: words.implicitHeight

        Column {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width

            Words {
                width: parent.width
                text: cell.text
                font.pixelSize: cell.textSize
                font.weight: Font.Medium
                font.strikeout: !cell.enabled
                lineHeight: 1
                horizontalAlignment: Text.AlignHCenter
                color: cell.enabled && cell.chosen ? Theme.accentInk : cell.enabled ? Theme.ink : Theme.quietInk
                Accessible.ignored: true
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: cell.note
                font.pixelSize: Theme.note
                lineHeight: 1
                horizontalAlignment: Text.AlignHCenter
                color: cell.chosen ? Theme.accentInk : Theme.quietInk
                Accessible.ignored: true
            }
        }
    }
}
