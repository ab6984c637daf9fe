import QtQuick
import QtQuick.Templates as T
import ".."

// One key of the digit pad.
T.Button {
    id: key

    property bool small: false

    implicitHeight: 116
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.Button
    Accessible.name: text

    background: Rectangle {
        radius: Theme.radius
        color: key.down ? Theme.tint : "white"
        border.width: 2
        border.color: key.down ? Theme.accent : Theme.rule
    }
    contentItem: Words {
        text: key.text
        font.pixelSize: key.small ? Theme.body : 52
        font.weight: Font.Medium
        lineHeight: 1
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
}
