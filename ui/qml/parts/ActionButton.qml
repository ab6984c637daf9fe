import QtQuick
import ".."

// A touch that decides something.
Touchable {
    id: button

    property bool main: false
    property string hint: ""
    property int textSize: main ? Theme.label : Theme.body
    readonly property color words: !enabled || !main ? Theme.ink : down ? Theme.pressedInk : Theme.accentInk

    implicitHeight: Math.max(main ? Theme.mainTouch : Theme.touch, label.implicitHeight + 2 * Theme.gapSmall)
    implicitWidth: Math.max(2 * Theme.touchTarget, says.implicitWidth + 2 * Theme.gap)
    leftPadding: Theme.gapSmall
    rightPadding: Theme.gapSmall
    Accessible.description: hint

    background: Rectangle {
        readonly property color mainFill: button.down ? Theme.accentPressed : Theme.accent
        readonly property color plainFill: button.down ? Theme.tint : Theme.surface

        radius: Theme.radius
        color: !button.enabled ? Theme.off : button.main ? mainFill : plainFill
        border.width: !button.enabled || (button.main && !Theme.highContrast) ? 0 : Theme.line // no frame: not to be touched
        border.color: Theme.accent
    }
    contentItem: Item {
        implicitHeight: label.implicitHeight

        Column {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            spacing: Theme.gapTiny

            Label {
                id: says

                anchors.horizontalCenter: parent.horizontalCenter
                said: button.text
                font.pixelSize: button.textSize
                font.weight: Font.Medium
                horizontalAlignment: Text.AlignHCenter
                color: button.words
                Accessible.ignored: true
            }
            Words {
                width: parent.width
                visible: button.hint !== ""
                text: button.hint
                font.pixelSize: Theme.note
                lineHeight: 1
                horizontalAlignment: Text.AlignHCenter
                color: button.words
                Accessible.ignored: true
            }
        }
    }
}
