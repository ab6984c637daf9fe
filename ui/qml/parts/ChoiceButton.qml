import QtQuick
import QtQuick.Templates as T
import ".."

// One of a few answers: label, a note beneath, and a mark when it was chosen before.
T.Button {
    id: button

    property string note: ""
    property bool chosen: false
    property int labelSize: 42
    property int air: 48

    implicitHeight: Math.max(air < 48 ? Theme.touch : Theme.mainTouch, label.implicitHeight + air)
    leftPadding: 40
    rightPadding: 40
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: note

    background: Rectangle {
        radius: Theme.radius
        color: button.down || button.chosen ? Theme.tint : "white"
        border.width: button.chosen ? 5 : 3
        border.color: button.chosen || button.down ? Theme.accent : Theme.rule
    }
    contentItem: Item {
        implicitHeight: label.implicitHeight

        Column {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - chevron.width - Theme.gap
            spacing: 2

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
