import QtQuick
import ".."

// Content that may be longer than its place: moved by finger, or by two big buttons that appear only then.
Item {
    id: area

    default property alias content: column.data
    property alias spacing: column.spacing
    readonly property bool longer: column.implicitHeight > height + 1
    readonly property real furthest: Math.max(0, column.implicitHeight - flick.height)

    function turn(pages: int): void {
        const wanted = flick.contentY + pages * flick.height * 0.8;
        flick.contentY = Math.max(0, Math.min(furthest, wanted));
    }

    implicitHeight: column.implicitHeight
    clip: longer

    Flickable {
        id: flick

        width: parent.width
        height: area.longer ? parent.height - pager.height - 20 : parent.height
        contentHeight: column.implicitHeight
        interactive: area.longer
        boundsBehavior: Flickable.StopAtBounds
        clip: area.longer

        Column {
            id: column

            width: flick.width - (area.longer ? 28 : 0)
            spacing: Theme.gap
        }
        Rectangle {
            visible: area.longer
            x: flick.width - 10
            y: flick.contentY + flick.visibleArea.yPosition * flick.height
            width: 10
            height: flick.visibleArea.heightRatio * flick.height
            radius: 5
            color: Theme.rule
        }
    }
    Row {
        id: pager

        anchors.bottom: parent.bottom
        visible: area.longer
        spacing: Theme.gap

        ActionButton {
            width: (area.width - Theme.gap) / 2
            height: 96
            text: qsTr("向上翻")
            enabled: flick.contentY > 1
            onClicked: area.turn(-1)
        }
        ActionButton {
            width: (area.width - Theme.gap) / 2
            height: 96
            text: qsTr("向下翻")
            enabled: flick.contentY < area.furthest - 1
            onClicked: area.turn(1)
        }
    }
}
