import QtQuick

// A label in both languages and what it reads now.
Item {
    id: reading

    required property string zh
    required property string en
    required property string value
    property bool alarm: false

    implicitHeight: 24

    Says {
        id: label

        anchors.verticalCenter: parent.verticalCenter
        text: reading.zh
    }
    Says {
        anchors.left: label.right
        anchors.leftMargin: 6
        anchors.baseline: label.baseline
        text: reading.en
        font.pixelSize: 11
        color: Tone.quiet
    }
    Says {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: reading.value
        font.weight: Font.Medium
        color: reading.alarm ? Tone.alarm : Tone.accent
    }
}
