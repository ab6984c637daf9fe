import QtQuick
import QtQuick.Templates as T
import Bench.Models

// Somebody who may come into the hall; touched, the buttons beneath are about them.
T.Button {
    id: card

    required property PersonRow person
    property bool chosen: false

    implicitHeight: 52
    Accessible.role: Accessible.RadioButton
    Accessible.name: person.name
    Accessible.description: person.label_en
    Accessible.checked: chosen

    background: Rectangle {
        radius: 8
        color: card.chosen ? Tone.tint : card.hovered ? "#F4F7F9" : Tone.card
        border.width: card.chosen ? 2 : 1
        border.color: card.chosen ? Tone.accent : Tone.rule
    }
    contentItem: Item {
        Column {
            x: 10
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - 20
            spacing: -3

            Says {
                width: parent.width
                text: card.person.name + "   " + card.person.label_zh
                font.weight: Font.Medium
                Accessible.ignored: true
            }
            Says {
                width: parent.width
                text: card.person.label_en
                font.pixelSize: 11
                color: Tone.quiet
                Accessible.ignored: true
            }
        }
    }
}
