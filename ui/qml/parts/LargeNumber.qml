import QtQuick
import ".."

// A number to write down or photograph, under its own name.
Column {
    id: number

    required property string label
    required property string value

    Words {
        width: parent.width
        text: number.label
        font.pixelSize: Theme.note
        lineHeight: 1
        color: Theme.quietInk
    }
    Words {
        width: parent.width
        text: number.value
        font.pixelSize: 52
        font.weight: Font.Bold
        lineHeight: 1
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 34
        wrapMode: Text.NoWrap
    }
}
