import QtQuick
import ".."

// The way that is open when the terminal cannot help: window, hours, telephone.
Rectangle {
    id: way

    required property string text

    implicitHeight: words.implicitHeight + 64
    radius: Theme.radius
    color: Theme.panel

    Column {
        id: words

        x: 32
        y: 32
        width: parent.width - 64
        spacing: 12

        Words {
            width: parent.width
            text: qsTr("可以到这里办")
            font.weight: Font.Bold
        }
        Words {
            width: parent.width
            text: way.text
        }
    }
}
