import QtQuick
import ".."

// A finger, seen from above, that comes to rest on the sensor's window, slowly, again and again.
Item {
    id: picture

    property bool moving: true

    implicitHeight: 620
    clip: true

    Rectangle {
        x: (parent.width - width) / 2
        y: 20
        width: 460
        height: 330
        radius: 36
        color: Theme.accent

        Rectangle {
            x: (parent.width - width) / 2
            y: 50
            width: 220
            height: 230
            radius: 24
            color: Theme.tint
        }
    }
    Rectangle {
        id: finger

        property real rise: 0

        x: (parent.width - width) / 2
        y: 320 - rise
        width: 150
        height: 600
        radius: width / 2
        color: "white"
        border.width: 4
        border.color: Theme.rule

        Rectangle {
            x: 34
            y: 24
            width: 82
            height: 104
            radius: 40
            color: Theme.panel
            border.width: 3
            border.color: Theme.rule
        }
        SequentialAnimation on rise {
            running: picture.moving
            loops: Animation.Infinite

            PauseAnimation {
                duration: 1000
            }
            NumberAnimation {
                from: 0
                to: 220
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
