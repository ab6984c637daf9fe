import QtQuick
import QtQuick.Templates as T
import Hall.Models
import ".."

// A page that was taken, small: a touch opens it.
T.Button {
    id: thumb

    required property var image
    required property string name

    implicitWidth: 136
    implicitHeight: 220
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.Button
    Accessible.name: name

    contentItem: Item {
        Picture {
            width: parent.width
            height: 170
            whole: true
            image: thumb.image
            ground: "white"
            ring: thumb.down ? Theme.accent : Theme.rule
        }
        Words {
            y: 176
            width: parent.width
            text: thumb.name
            font.pixelSize: Theme.note
            lineHeight: 1
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }
}
