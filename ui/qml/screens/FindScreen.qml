pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"

// Say it in your own words: what it leads to stands beneath, at every letter. The line stays where it is.
Item {
    id: screen

    required property FindModel model
    // On a lying screen what it leads to stands beside the keyboard.
    readonly property bool beside: Theme.landscape
    readonly property real column: beside ? Theme.keyboardWidth : width

    anchors.fill: parent
    anchors.leftMargin: Theme.margin
    anchors.rightMargin: Theme.margin

    Words {
        id: title

        y: Theme.gapSmall
        width: screen.column
        text: qsTr("您要办什么事？用自己的话说")
        font.pixelSize: Theme.landscape ? Theme.small : Theme.body
        color: Theme.quietInk
        Accessible.role: Accessible.Heading
    }
    TextBox {
        id: box

        y: title.y + title.height + Theme.gapSmall
        width: screen.column
        name: qsTr("您要办的事")
        maximumLength: 60
        initial: screen.model.query
        onSaidChanged: screen.model.ask(said)
    }
    ScrollArea {
        x: screen.beside ? screen.column + Theme.columnGap : 0
        y: Math.max(screen.beside ? Theme.gapSmall : box.y + box.height + Theme.gap, Theme.reachTop - (screen.parent?.y ?? 0))
        width: parent.width - x
        height: parent.height - (screen.beside ? 0 : Theme.keyboard) - y - Theme.gapSmall
        spacing: Theme.gapSmall

        Notice {
            width: parent.width
            visible: screen.model.personal
            text: qsTr("这里不用输入号码")
            more: qsTr("请说要办的事，例如“身份证过期”。")
        }
        Notice {
            width: parent.width
            visible: screen.model.looking
            warning: false
            text: qsTr("请稍候")
        }
        Notice {
            width: parent.width
            visible: screen.model.nothing
            warning: false
            text: qsTr("没有找到")
            more: qsTr("请换个说法试试，或者按类别找。也可以问工作人员，或拨打 %1。").arg(screen.model.hall_phone)
        }
        Repeater {
            model: screen.model.answers

            Notice {
                required property LineRow modelData

                width: parent?.width ?? 0
                warning: false
                text: modelData.label
                more: modelData.value
            }
        }
        MatterList {
            width: parent.width
            heading: qsTr("问的是这件事，点开可以看全")
            compact: true
            rows: screen.model.about
            onChosen: value => screen.model.choose(value)
        }
        MatterList {
            width: parent.width
            heading: qsTr("在这台机器上就能办")
            compact: true
            rows: screen.model.here
            onChosen: value => screen.model.choose(value)
        }
        MatterList {
            width: parent.width
            heading: qsTr("到窗口办，先看指南")
            compact: true
            rows: screen.model.guides
            onChosen: value => screen.model.choose(value)
        }
        MatterList {
            width: parent.width
            heading: qsTr("本大厅常办")
            compact: true
            rows: screen.model.used
            onChosen: value => screen.model.choose(value)
        }
        MatterList {
            width: parent.width
            visible: !screen.model.asked || screen.model.nothing
            heading: qsTr("按类别找")
            compact: true
            rows: screen.model.kinds
            onChosen: value => screen.model.browse(value)
        }
    }
}
