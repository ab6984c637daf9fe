import QtQuick
import ".."

// One place for one digit.
Rectangle {
    id: cell

    required property string figure
    required property bool secret
    required property bool next

    height: 92
    radius: 10
    color: "white"
    border.width: next ? 5 : 2
    border.color: next ? Theme.accent : Theme.rule

    Words {
        anchors.centerIn: parent
        text: cell.figure !== "" && cell.secret ? "●" : cell.figure
        font.pixelSize: 48
        font.weight: Font.Medium
        lineHeight: 1
        Accessible.ignored: true
    }
}
