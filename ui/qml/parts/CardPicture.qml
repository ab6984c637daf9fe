import QtQuick
import ".."

// A card that comes to rest on the reader, again and again, slowly.
Item {
    id: picture

    property bool moving: true

    implicitHeight: 560

    Rectangle {
        x: (parent.width - width) / 2
        y: 330
        width: 620
        height: 190
        radius: 28
        color: Theme.accent
    }
    Rectangle {
        x: (parent.width - width) / 2
        y: 352
        width: 560
        height: 120
        radius: 16
        color: Theme.accentPressed
    }
    Rectangle {
        id: card

        property real drop: 0

        x: (parent.width - width) / 2
        y: 30 + drop
        width: 440
        height: 278
        radius: 22
        color: "white"
        border.width: 4
        border.color: Theme.rule

        Rectangle {
            x: 290
            y: 50
            width: 110
            height: 140
            radius: 10
            color: Theme.panel

            Rectangle {
                x: 30
                y: 24
                width: 50
                height: 50
                radius: 25
                color: Theme.rule
            }
            Rectangle {
                x: 16
                y: 84
                width: 78
                height: 56
                radius: 24
                color: Theme.rule
            }
        }
        Repeater {
            model: [180, 120, 200, 160]

            Rectangle {
                required property int modelData
                required property int index

                x: 40
                y: 56 + index * 38
                width: modelData
                height: 14
                radius: 7
                color: Theme.rule
            }
        }
        Rectangle {
            x: 40
            y: 226
            width: 340
            height: 16
            radius: 8
            color: Theme.rule
        }
        SequentialAnimation on drop {
            running: picture.moving
            loops: Animation.Infinite

            PauseAnimation {
                duration: 1200
            }
            NumberAnimation {
                from: 0
                to: 80
                duration: 1100
                easing.type: Easing.InOutQuad
            }
            PauseAnimation {
                duration: 2500
            }
            PropertyAction {
                value: 0
            }
        }
    }
}
