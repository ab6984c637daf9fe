import QtQuick
import ".."

// One key of the digit pad.
Touchable {
    id: key

    property bool small: false

    implicitHeight: Theme.padKey

    background: Rectangle {
        radius: Theme.radius
        color: !key.enabled ? Theme.off : key.down ? Theme.tint : Theme.surface
        border.width: key.enabled ? Theme.line : 0
        border.color: key.down ? Theme.accent : Theme.rule
    }
    contentItem: Words {
        text: key.text
        font.pixelSize: key.small ? Theme.body : Theme.figure
        font.weight: Font.Medium
        lineHeight: 1
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
}
