import QtQuick
import Hall.Models
import ".."

// A page that was taken, small: a touch opens it.
Touchable {
    id: thumb

    required property var image
    required property string name

    implicitWidth: Theme.thumb
    implicitHeight: picture.height + Theme.gapTiny + says.implicitHeight
    Accessible.name: name

    contentItem: Item {
        Picture {
            id: picture

            width: parent.width
            height: Theme.thumb * 1.25
            whole: true
            image: thumb.image
            ground: Theme.surface
            ring: thumb.down ? Theme.accent : Theme.rule
        }
        Words {
            id: says

            y: picture.height + Theme.gapTiny
            width: parent.width
            text: thumb.name
            font.pixelSize: Theme.note
            lineHeight: 1
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }
}
