pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// Back, ease and leave, low enough for a hand from a wheelchair, always at the same place. On the first screen,
// where nothing can be left, the two ways of working that some need before they can begin.
Item {
    id: footer

    required property ShellModel shell
    property bool easing: false
    signal ease

    // On a lying screen they stand in the left column, unless the small buttons come down beside them.
    readonly property bool beneath: !Theme.landscape || Theme.lowReach
    readonly property bool twoRows: Theme.lowReach && !Theme.landscape
    readonly property real across: Theme.landscape ? Theme.leftWidth : width - 2 * Theme.margin
    readonly property real third: (across - 2 * Theme.gap) / 3
    // Of their words alone: one of them may become the main button, and nothing moves.
    readonly property real tallest: Math.max(Theme.touch, 2 * Theme.gapSmall + Math.max(back.implicitContentHeight, middle.implicitContentHeight, leave.implicitContentHeight))
    readonly property bool first: shell.at_start && !easing

    implicitHeight: tallest + (Theme.landscape ? 1.5 : 2) * Theme.gap + (twoRows ? tools.height + Theme.gapSmall : 0)

    Tools {
        id: tools

        x: Theme.margin
        y: Theme.gapSmall
        visible: footer.twoRows && !footer.shell.calm
        shell: footer.shell
    }
    ActionButton {
        id: back

        x: Theme.margin
        y: middle.y
        width: footer.third
        height: footer.tallest
        visible: footer.first || footer.shell.can_go_back && !footer.easing
        textSize: Theme.footLabel
        leftPadding: Theme.gapTiny
        rightPadding: Theme.gapTiny
        text: !footer.first ? qsTr("返回") : Theme.elder ? qsTr("退出长者模式") : qsTr("进入长者模式")
        onClicked: footer.first ? footer.shell.switch_elder() : footer.shell.go_back()
    }
    ActionButton {
        id: middle

        x: Theme.margin + footer.third + Theme.gap
        y: parent.height - height - Theme.gap
        width: footer.third
        height: footer.tallest
        visible: !footer.shell.calm
        textSize: Theme.footLabel
        leftPadding: Theme.gapTiny
        rightPadding: Theme.gapTiny
        main: !footer.easing && (footer.shell.offers_help || footer.shell.call_failed && footer.shell.terse)
        text: footer.easing ? qsTr("关闭设置") : main ? qsTr("求助") : qsTr("大字和声音")
        onClicked: footer.ease()
    }
    ActionButton {
        id: leave

        x: Theme.margin + 2 * (footer.third + Theme.gap)
        y: middle.y
        width: footer.third
        height: footer.tallest
        visible: footer.first || footer.shell.can_leave
        textSize: Theme.footLabel
        leftPadding: Theme.gapTiny
        rightPadding: Theme.gapTiny
        text: !footer.first ? qsTr("离开") : Theme.lowReach ? qsTr("按钮升回去") : qsTr("按钮放低些")
        onClicked: footer.first ? footer.shell.switch_low_reach() : footer.shell.leave()
    }
    Tools {
        // On a lying screen at the end of the row, and so the last that keys come to.
        x: footer.width - width - Theme.margin
        y: middle.y + (middle.height - height) / 2
        visible: Theme.lowReach && !footer.twoRows && !footer.shell.calm
        shell: footer.shell
    }
}
