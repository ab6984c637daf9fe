import QtQuick
import QtQuick.Window
import ".."

// Content that may be longer than its place: moved by finger, by keys, or by two big buttons that appear then.
Item {
    id: area

    default property alias content: column.data
    property alias spacing: column.spacing
    readonly property real needed: column.implicitHeight
    readonly property bool longer: column.implicitHeight > height + 1
    readonly property real furthest: Math.max(0, column.implicitHeight - flick.height)
    readonly property alias scrolled: flick.contentY
    readonly property Item focused: scope.activeFocus ? Window.activeFocusItem : null

    function turn(pages: int): void {
        move(flick.contentY + pages * flick.height * 0.8);
    }
    function move(wanted: real): void {
        flick.contentY = Math.max(0, Math.min(furthest, wanted));
    }
    function reveal(item: Item): void {
        const top = item.mapToItem(column, 0, 0).y - Theme.gap;
        const below = top + item.height + 2 * Theme.gap - flick.height;
        move(Math.min(top, Math.max(below, Math.min(flick.contentY, top))));
    }

    // Whether some of an item is in sight now; asked anew whenever one of `changes` does.
    function shows(item: Item, ...changes): bool {
        const place = item.mapToItem(flick, 0, 0, item.width, item.height);
        return place.y + place.height > 0 && place.y < flick.height;
    }

    implicitHeight: column.implicitHeight
    clip: longer
    onFocusedChanged: if (focused && longer)
        reveal(focused)

    Flickable {
        id: flick

        width: parent.width
        height: area.longer ? parent.height - pager.height - Theme.gapSmall : parent.height
        contentHeight: column.implicitHeight
        interactive: area.longer
        boundsBehavior: Flickable.StopAtBounds
        clip: area.longer

        FocusScope {
            id: scope

            width: column.width
            height: column.implicitHeight

            Column {
                id: column

                width: flick.width - (area.longer ? Theme.gap : 0)
                spacing: Theme.gap
            }
        }
        Rectangle {
            visible: area.longer
            x: flick.width - width
            y: flick.contentY + flick.visibleArea.yPosition * flick.height
            width: Theme.radiusSmall
            height: flick.visibleArea.heightRatio * flick.height
            radius: width / 2
            color: Theme.rule
        }
    }
    Row {
        id: pager

        anchors.bottom: parent.bottom
        visible: area.longer
        spacing: Theme.gap

        ActionButton {
            id: earlier

            width: (area.width - Theme.gap) / 2
            height: Math.max(Theme.touchTarget, implicitContentHeight, later.implicitContentHeight)
            text: qsTr("向上翻")
            enabled: flick.contentY > 1
            onClicked: area.turn(-1)
        }
        ActionButton {
            id: later

            width: earlier.width
            height: earlier.height
            text: qsTr("向下翻")
            enabled: flick.contentY < area.furthest - 1
            onClicked: area.turn(1)
        }
    }
}
