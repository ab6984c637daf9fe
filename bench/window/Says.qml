import QtQuick

// A piece of text.
Text {
    color: Tone.ink
    font.family: Tone.family
    font.pixelSize: 14
    textFormat: Text.PlainText
    elide: Text.ElideRight
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
