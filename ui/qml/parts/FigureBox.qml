import QtQuick
import ".."

// What the pad has typed so far, large, with its unit.
Rectangle {
    id: box

    required property string name
    required property string figures
    property string unit: ""

    implicitHeight: Theme.box
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.heavy
    border.color: Theme.accent
    Accessible.role: Accessible.EditableText
    Accessible.name: unit === "" ? figures : figures + " " + unit
    Accessible.description: name

    Words {
        anchors.left: parent.left
        anchors.leftMargin: Theme.gap
        anchors.right: suffix.left
        anchors.rightMargin: Theme.gapSmall
        anchors.verticalCenter: parent.verticalCenter
        text: box.figures
        font.pixelSize: Theme.figure
        font.weight: Font.Medium
        lineHeight: 1
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.figureLeast
        maximumLineCount: 1
        Accessible.ignored: true
    }
    Words {
        id: suffix

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: box.unit
        color: Theme.quietInk
        Accessible.ignored: true
    }
}
