import QtQuick
import ".."

// The way that is open when the terminal cannot help: window, hours, telephone.
Rectangle {
    id: way

    required property string text

    implicitHeight: words.implicitHeight + 2 * Theme.gap
    radius: Theme.radius
    color: Theme.panel

    Column {
        id: words

        x: Theme.gap
        y: Theme.gap
        width: parent.width - 2 * x
        spacing: Theme.gapTiny

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
