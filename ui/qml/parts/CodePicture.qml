import QtQuick
import ".."

// A slip with a square code that comes before the scanner's window.
Item {
    id: picture

    property bool moving: true

    implicitHeight: 620

    // The scanner: a dark body with its light falling down.
    Rectangle {
        x: (parent.width - width) / 2
        y: 0
        width: 420
        height: 120
        radius: 24
        color: Theme.accent

        Rectangle {
            x: (parent.width - width) / 2
            y: 84
            width: 300
            height: 20
            radius: 10
            color: Theme.tint
        }
    }
    Rectangle {
        x: (parent.width - width) / 2
        y: 124
        width: 300
        height: 130
        color: Theme.tint
    }
    Rectangle {
        id: slip

        property real rise: 0

        x: (parent.width - width) / 2
        y: 330 - rise
        width: 360
        height: 280
        radius: 12
        color: Theme.surface
        border.width: 4
        border.color: Theme.rule

        Grid {
            x: (parent.width - width) / 2
            y: 30
            columns: 7
            spacing: 0

            Repeater {
                // Three corner marks and some grains.
                model: "1110111101010111101110001000111010110100111110110".split("")

                Rectangle {
                    required property string modelData

                    width: 24
                    height: 24
                    color: modelData === "1" ? Theme.ink : Theme.surface
                }
            }
        }
        Rectangle {
            x: 60
            y: 226
            width: 240
            height: 14
            radius: 7
            color: Theme.rule
        }
        SequentialAnimation on rise {
            running: picture.moving
            loops: Animation.Infinite

            PauseAnimation {
                duration: 1000
            }
            NumberAnimation {
                from: 0
                to: 110
                duration: 1000
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
