import QtQuick
import "../pictures"

// Something is on its way, and nobody has to do anything: the letter, and three dots beneath it.
Item {
    SendPicture {
        id: letter

        y: (parent.height - height - dots.height) / 2
        width: parent.width
        height: Math.min(parent.height - dots.height, width * implicitHeight / implicitWidth)
    }
    Waiting {
        id: dots

        anchors.horizontalCenter: parent.horizontalCenter
        y: letter.y + letter.height
    }
}
