import QtQuick
import QtQuick.Templates as T

// A button in both languages. `on` marks what is so now; what `breaks` a device shows red only while it is
// broken, and what is `grave` always.
T.Button {
    id: deed

    required property string zh
    required property string en
    property bool on: false
    property bool breaks: false
    property bool grave: breaks

    readonly property color tone: grave ? Tone.alarm : Tone.accent
    readonly property color words: on ? "white" : !enabled ? Tone.off : breaks ? Tone.ink : tone

    implicitWidth: 100
    implicitHeight: 48
    text: zh
    Accessible.role: Accessible.Button
    Accessible.name: zh
    Accessible.description: en

    background: Rectangle {
        radius: 8
        color: deed.on ? deed.tone : deed.down ? Tone.rule : deed.hovered && deed.enabled ? Tone.tint : Tone.card
        border.width: deed.on ? 0 : 1
        border.color: !deed.enabled || deed.breaks ? Tone.rule : deed.tone
    }
    contentItem: Item {
        Column {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            spacing: -4

            Says {
                width: parent.width
                text: deed.zh
                font.weight: Font.Medium
                color: deed.words
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
            Says {
                width: parent.width
                text: deed.en
                font.pixelSize: 11
                color: deed.on ? "white" : deed.enabled ? Tone.quiet : Tone.off
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
}
