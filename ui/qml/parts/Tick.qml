import QtQuick
import ".."

// Done.
Rectangle {
    width: 320
    height: 320
    radius: 160
    color: Theme.tint

    Rectangle {
        x: 78
        y: 176
        width: 90
        height: 22
        radius: 11
        rotation: 45
        color: Theme.accent
        antialiasing: true
    }
    Rectangle {
        x: 116
        y: 150
        width: 150
        height: 22
        radius: 11
        rotation: -50
        color: Theme.accent
        antialiasing: true
    }
}
