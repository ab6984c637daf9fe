import QtQuick
import QtQuick.Templates as T
import ".."

// A touch that decides something. It counts only when it begins and ends on the button.
T.Button {
    id: button

    property bool main: false
    property string hint: ""

    implicitHeight: Math.max(main ? Theme.mainTouch : Theme.touch, label.implicitHeight + 40)
    implicitWidth: Math.max(200, words.implicitWidth + 2 * Theme.gap)
    leftPadding: Theme.gap
    rightPadding: Theme.gap
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: hint

    background: Rectangle {
        readonly property color mainFill: button.down ? Theme.accentPressed : Theme.accent
        readonly property color plainFill: button.down ? Theme.tint : "white"

        radius: Theme.radius
        color: !button.enabled ? Theme.off : button.main ? mainFill : plainFill
        border.width: button.main || !button.enabled ? 0 : 3
        border.color: Theme.accent
    }
    contentItem: Item {
        implicitHeight: label.implicitHeight

        Column {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            spacing: 4

            Words {
                id: words

                width: parent.width
                text: button.text
                font.pixelSize: button.main ? 42 : Theme.body
                font.weight: Font.Medium
                lineHeight: 1
                horizontalAlignment: Text.AlignHCenter
                color: button.enabled && button.main ? Theme.accentInk : Theme.ink
                Accessible.ignored: true
            }
            Words {
                width: parent.width
                visible: button.hint !== ""
                text: button.hint
                font.pixelSize: Theme.note
                lineHeight: 1
                horizontalAlignment: Text.AlignHCenter
                color: button.enabled && button.main ? Theme.accentInk : Theme.quietInk
                Accessible.ignored: true
            }
        }
    }
}
