import QtQuick
import ".."

// An arrow to one side, on a round ground: where to turn, as in a mirror.
Rectangle {
    id: arrow

    property bool leftwards: true

    width: 200
    height: 200
    radius: 100
    color: Theme.accent
    rotation: leftwards ? 180 : 0

    Rectangle {
        x: 40
        y: 91
        width: 110
        height: 18
        radius: 9
        color: Theme.accentInk
    }
    Rectangle {
        x: 98
        y: 71
        width: 70
        height: 18
        radius: 9
        rotation: 45
        color: Theme.accentInk
        antialiasing: true
    }
    Rectangle {
        x: 98
        y: 111
        width: 70
        height: 18
        radius: 9
        rotation: -45
        color: Theme.accentInk
        antialiasing: true
    }
}
