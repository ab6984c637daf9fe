import QtQuick
import ".."

// One place for one digit.
Rectangle {
    id: cell

    required property string figure
    required property bool secret
    required property bool next

    height: Theme.cell
    radius: Theme.radiusSmall
    color: Theme.surface
    border.width: next ? Theme.heavy : Theme.hair
    border.color: next ? Theme.accent : Theme.rule

    Words {
        anchors.centerIn: parent
        text: cell.figure !== "" && cell.secret ? "●" : cell.figure
        font.pixelSize: Theme.figure
        font.weight: Font.Medium
        lineHeight: 1
        Accessible.ignored: true
    }
}
