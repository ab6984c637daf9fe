import QtQuick
import Hall.Models
import ".."
import "../parts"

// Over: calm paper until the next welcome is uncovered.
Item {
    id: screen

    required property ClosingModel model

    anchors.fill: parent

    HallMark {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: wait.top
        anchors.bottomMargin: Theme.gapLarge
        scale: 1.5
        transformOrigin: Item.Bottom
    }
    Words {
        id: wait

        anchors.centerIn: parent
        text: qsTr("请稍候")
        font.pixelSize: Theme.title
        color: Theme.quietInk
    }
}
