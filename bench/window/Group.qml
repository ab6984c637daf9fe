import QtQuick

// A card with a title in both languages.
Rectangle {
    id: group

    required property string zh
    required property string en
    default property alias content: column.data

    implicitHeight: column.y + column.implicitHeight + 14
    radius: Tone.radius
    color: Tone.card

    Row {
        id: head

        x: 14
        y: 10
        spacing: 8

        Says {
            id: title

            text: group.zh
            font.pixelSize: 17
            font.weight: Font.Bold
        }
        Says {
            anchors.baseline: title.baseline
            text: group.en
            font.pixelSize: 13
            color: Tone.quiet
        }
    }
    Column {
        id: column

        x: 14
        y: head.y + head.height + 8
        width: parent.width - 28
        spacing: Tone.gap
    }
}
