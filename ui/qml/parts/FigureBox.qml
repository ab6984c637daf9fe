import QtQuick
import ".."

// What the pad has typed so far, large, with its unit.
Rectangle {
    id: box

    required property string name
    required property string figures
    property string unit: ""

    implicitHeight: 128
    radius: Theme.radius
    color: "white"
    border.width: 4
    border.color: Theme.accent
    Accessible.role: Accessible.EditableText
    Accessible.name: unit === "" ? figures : figures + " " + unit
    Accessible.description: name

    Words {
        anchors.left: parent.left
        anchors.leftMargin: 32
        anchors.right: suffix.left
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        text: box.figures
        font.pixelSize: 48
        font.weight: Font.Medium
        lineHeight: 1
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 24
        maximumLineCount: 1
        Accessible.ignored: true
    }
    Words {
        id: suffix

        anchors.right: parent.right
        anchors.rightMargin: 32
        anchors.verticalCenter: parent.verticalCenter
        text: box.unit
        color: Theme.quietInk
        Accessible.ignored: true
    }
}
