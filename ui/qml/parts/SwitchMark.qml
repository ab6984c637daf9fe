import QtQuick
import ".."

// A switch, on or off: its knob at the other side, and filled.
Rectangle {
    id: mark

    property bool on: false

    implicitWidth: Theme.touchTarget * 0.85
    implicitHeight: Theme.touchTarget * 0.45
    radius: height / 2
    color: on ? Theme.accent : Theme.surface
    border.width: Theme.line
    border.color: Theme.accent

    Rectangle {
        x: mark.on ? parent.width - width - Theme.gapTiny : Theme.gapTiny
        anchors.verticalCenter: parent.verticalCenter
        width: height
        height: parent.height - 2 * Theme.gapTiny
        radius: height / 2
        color: mark.on ? Theme.accentInk : Theme.accent
    }
}
