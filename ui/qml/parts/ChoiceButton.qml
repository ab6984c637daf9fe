import QtQuick
import ".."

// One of a few answers: label, a note beneath, and a mark when it was chosen before.
Touchable {
    id: button

    property string note: ""
    property bool chosen: false
    property int labelSize: compact ? Theme.body : Theme.label
    property bool compact: false // where there is little room

    implicitHeight: Math.max(compact ? Theme.touch : Theme.mainTouch, label.implicitHeight + (compact ? Theme.gapSmall : Theme.gapLarge))
    leftPadding: compact ? Theme.gapSmall : Theme.gap
    rightPadding: leftPadding
    Accessible.description: note

    background: Rectangle {
        radius: Theme.radius
        color: button.down || button.chosen ? Theme.tint : Theme.surface
        border.width: button.chosen ? Theme.heavy : Theme.line
        border.color: button.chosen || button.down ? Theme.accent : Theme.rule
    }
    contentItem: Item {
        implicitHeight: label.implicitHeight

        Column {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - chevron.width - Theme.gapSmall
            spacing: Theme.hair

            Words {
                width: parent.width
                text: button.text
                font.pixelSize: button.labelSize
                font.weight: Font.Medium
                lineHeight: 1
                Accessible.ignored: true
            }
            Words {
                width: parent.width
                visible: button.note !== ""
                text: button.note
                font.pixelSize: Theme.note
                lineHeight: 1
                color: Theme.quietInk
                Accessible.ignored: true
            }
        }
        Chevron {
            id: chevron

            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
        }
    }
}
