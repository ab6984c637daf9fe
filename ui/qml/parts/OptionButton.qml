import QtQuick
import ".."

// Something that is on or off, or one of a few: drawn by a mark, said by its state. What cannot be had now has
// no mark, and its note says so.
Touchable {
    id: option

    property string note: ""
    property bool brief: false // the note is not shown
    property bool chosen: false
    // One of a few, of which one is always chosen; else on or off by itself.
    property bool one: false

    implicitHeight: Math.max(Theme.touch, words.implicitHeight + 2 * Theme.gapSmall)
    leftPadding: Theme.gapSmall
    rightPadding: Theme.gapSmall
    Accessible.role: one ? Accessible.RadioButton : Accessible.CheckBox
    Accessible.description: note
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radius
        color: !option.enabled ? Theme.off : option.down || option.chosen ? Theme.tint : Theme.surface
        border.width: !option.enabled ? 0 : option.chosen ? Theme.heavy : Theme.line
        border.color: option.chosen || option.down ? Theme.accent : Theme.rule
    }
    contentItem: Item {
        implicitHeight: words.implicitHeight

        SwitchMark {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            visible: !option.one && option.enabled
            on: option.chosen
        }
        Column {
            id: words

            x: mark.visible ? mark.width + Theme.gapSmall : 0
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x

            Words {
                width: parent.width
                text: option.text
                font.pixelSize: Theme.body
                font.weight: option.chosen ? Font.Bold : Font.Medium
                lineHeight: 1
                horizontalAlignment: option.one ? Text.AlignHCenter : Text.AlignLeft
                Accessible.ignored: true
            }
            Words {
                width: parent.width
                visible: option.note !== "" && !option.brief
                text: option.note
                font.pixelSize: Theme.note
                lineHeight: 1
                color: option.enabled ? Theme.quietInk : Theme.ink
                Accessible.ignored: true
            }
        }
    }
}
