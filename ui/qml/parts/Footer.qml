pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// Back, ease and leave, low enough for a hand from a wheelchair, always at the same place.
Item {
    id: footer

    required property ShellModel shell
    property bool easing: false
    signal ease

    readonly property real third: (Math.min(width, Theme.pageHeight) - 2 * Theme.margin - 2 * Theme.gap) / 3
    readonly property bool twoRows: Theme.lowReach && !Theme.landscape

    implicitHeight: Theme.touch + (Theme.landscape ? 1 : 2) * Theme.gap + (twoRows ? tools.height + Theme.gap : 0)

    Tools {
        id: tools

        x: footer.twoRows ? Theme.margin : middle.x + middle.width + Theme.gap
        y: footer.twoRows ? 0 : middle.y + (middle.height - height) / 2
        visible: Theme.lowReach
        shell: footer.shell
    }
    ActionButton {
        x: Theme.margin
        y: middle.y
        width: footer.third
        height: Theme.touch
        visible: footer.shell.can_go_back && !footer.easing
        text: qsTr("返回")
        onClicked: footer.shell.go_back()
    }
    ActionButton {
        id: middle

        x: Theme.margin + footer.third + Theme.gap
        y: parent.height - height - Theme.gap
        width: footer.third
        height: Theme.touch
        visible: !footer.shell.calm
        text: footer.easing ? qsTr("关闭设置") : qsTr("大字和声音")
        onClicked: footer.ease()
    }
    ActionButton {
        x: parent.width - width - Theme.margin
        y: middle.y
        width: footer.third
        height: Theme.touch
        visible: footer.shell.can_leave
        text: qsTr("离开")
        onClicked: footer.shell.leave()
    }
}
