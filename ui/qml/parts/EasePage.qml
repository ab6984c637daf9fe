pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// How the screens are wanted: one touch each, to be seen at once. Nothing that was filled in is lost.
Page {
    id: page

    required property ShellModel shell
    signal done

    // Little room: what each choice does is left to its name.
    readonly property bool brief: Theme.lowReach || Theme.textSize > 1

    title: shell.offers_help ? qsTr("需要帮忙吗？") : qsTr("怎样用着方便？")
    lead: shell.terse && shell.news !== "" ? shell.news : qsTr("点一下就变，填好的内容都在。离开以后，本机恢复原样。")
    spacing: Theme.gapSmall
    actions: Grid {
        id: ways

        readonly property real cell: (width - (columns - 1) * spacing) / columns
        readonly property real highest: Math.max(call.visible ? call.implicitHeight : 0, go.implicitHeight)

        width: parent?.width ?? 0
        columns: (page.brief || Theme.landscape) && call.visible ? 2 : 1
        spacing: Theme.gap

        ActionButton {
            id: call

            width: ways.cell
            height: ways.columns > 1 ? ways.highest : implicitHeight
            visible: page.shell.can_call || page.shell.call_open && page.shell.terse
            text: page.shell.call_open ? qsTr("不用来了") : qsTr("叫工作人员来")
            hint: page.brief || page.shell.call_open ? "" : qsTr("本机会通知工作人员到这里来")
            onClicked: {
                page.shell.call_open ? page.shell.note_call() : page.shell.call_guide();
                page.done();
            }
        }
        ActionButton {
            id: go

            width: ways.cell
            height: ways.columns > 1 ? ways.highest : implicitHeight
            main: true
            text: page.shell.offers_help ? qsTr("不用，谢谢") : qsTr("好了，继续")
            onClicked: {
                page.shell.set_aside();
                page.done();
            }
        }
    }

    Words {
        width: parent.width
        text: qsTr("字的大小")
        font.weight: Font.Bold
        lineHeight: 1
        Accessible.role: Accessible.Heading
    }
    Row {
        id: sizes

        width: parent.width
        spacing: Theme.gapSmall

        Repeater {
            model: [qsTr("标准"), qsTr("大"), qsTr("较大"), qsTr("最大")]

            OptionButton {
                required property string modelData
                required property int index

                width: (sizes.width - 3 * sizes.spacing) / 4
                text: modelData
                chosen: page.shell.text_size === index
                one: true
                onClicked: page.shell.choose_text_size(index)
            }
        }
    }
    Grid {
        id: switches

        readonly property real cell: (width - columnSpacing) / columns

        width: parent.width
        columns: 2
        columnSpacing: Theme.gapSmall
        rowSpacing: Theme.gapSmall

        OptionButton {
            width: switches.cell
            text: qsTr("长者模式")
            note: page.shell.voice_works ? qsTr("字大、选项少、会朗读、不催人") : qsTr("字大、选项少、不催人")
            brief: page.brief
            chosen: page.shell.elder
            onClicked: page.shell.switch_elder()
        }
        OptionButton {
            width: switches.cell
            text: qsTr("朗读屏幕")
            enabled: page.shell.voice_works
            note: enabled ? qsTr("把要做的事念出来") : qsTr("本机现在放不出声音")
            brief: page.brief
            chosen: page.shell.spoken
            onClicked: page.shell.switch_spoken()
        }
        OptionButton {
            width: switches.cell
            text: qsTr("黑白分明")
            note: qsTr("白底黑字，看得更清")
            brief: page.brief
            chosen: page.shell.high_contrast
            onClicked: page.shell.switch_contrast()
        }
        OptionButton {
            width: switches.cell
            text: qsTr("低处操作")
            note: qsTr("按钮都放低，坐着够得着")
            brief: page.brief
            chosen: page.shell.low_reach
            onClicked: page.shell.switch_low_reach()
        }
        OptionButton {
            width: switches.cell
            text: qsTr("画面不动")
            note: qsTr("图画停住，不晃眼")
            brief: page.brief
            chosen: page.shell.still
            onClicked: page.shell.switch_still()
        }
        OptionButton {
            width: switches.cell
            text: qsTr("用英文显示")
            note: "English"
            brief: page.brief
            chosen: page.shell.english
            onClicked: page.shell.switch_language()
        }
    }
}
