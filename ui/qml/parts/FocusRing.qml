import QtQuick
import ".."

// Where the keys are: a ring within the edge of what Enter would touch, seen on light and on dark.
Rectangle {
    anchors.fill: parent
    radius: Theme.radius
    color: "transparent"
    border.width: Theme.focusLine
    border.color: Theme.focus
    z: 1

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.focusLine
        radius: Theme.radiusSmall
        color: "transparent"
        border.width: Theme.line
        border.color: Theme.surface
    }
}
