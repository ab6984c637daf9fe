import QtQuick
import ".."

// A number to write down or photograph, under its own name; a lesser one beside it where it fits.
Item {
    id: number

    required property string label
    required property string value
    property bool lesser: false
    readonly property bool beside: lesser && Theme.labelWidth + says.implicitWidth <= width

    implicitHeight: beside ? Math.max(name.height, says.height) : name.height + says.height

    Words {
        id: name

        y: number.beside ? Math.max(0, says.height - height) : 0
        width: number.beside ? Theme.labelWidth - Theme.gapSmall : number.width
        text: number.label
        font.pixelSize: Theme.note
        lineHeight: 1
        color: Theme.quietInk
    }
    Words {
        id: says

        x: number.beside ? Theme.labelWidth : 0
        y: number.beside ? 0 : name.height
        width: number.width - x
        text: number.value
        font.pixelSize: number.lesser ? Theme.body : Theme.figure
        font.weight: number.lesser ? Font.Medium : Font.Bold
        lineHeight: 1
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.figureLeast
        wrapMode: Text.NoWrap
    }
}
