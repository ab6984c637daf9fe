import QtQuick
import ".."

// A quiet ">" that says: this leads on.
Item {
    implicitWidth: 22
    implicitHeight: 40

    Rectangle {
        x: 3
        y: 8
        width: 20
        height: 4
        radius: 2
        rotation: 45
        color: Theme.accent
        antialiasing: true
    }
    Rectangle {
        x: 3
        y: 21
        width: 20
        height: 4
        radius: 2
        rotation: -45
        color: Theme.accent
        antialiasing: true
    }
}
