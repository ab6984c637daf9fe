import QtQuick
import ".."

// The terminal's own mark: an open door in a frame. No platform's logo.
Rectangle {
    implicitWidth: 72
    implicitHeight: 72
    radius: 16
    color: Theme.accent

    Rectangle {
        x: 20
        y: 16
        width: 32
        height: 42
        radius: 3
        color: Theme.paper
    }
    Rectangle {
        x: 36
        y: 22
        width: 16
        height: 36
        color: Theme.accent
    }
    Rectangle {
        x: 14
        y: 56
        width: 44
        height: 4
        radius: 2
        color: Theme.paper
    }
}
