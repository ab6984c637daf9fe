pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."

// Every way of putting words in: Pinyin, writing by hand, or letters; the person says which, once for all screens.
Item {
    id: area

    required property ShellModel shell
    property string chosen: ""
    readonly property string usual: !shell.chinese ? "letters" : Theme.elder && shell.can_write ? "hand" : "pinyin"
    readonly property string way: shell.only_letters ? "letters" : chosen === "" ? usual : chosen
    readonly property bool byHand: way === "hand" && shell.can_write
    // Where there is little height the ways stand beside the keys, else above them.
    readonly property bool beside: Theme.landscape || Theme.lowReach
    readonly property real edge: Theme.landscape ? 0 : Theme.gapSmall
    readonly property real keysX: beside ? edge + Theme.waysWidth + Theme.gapSmall : 0
    readonly property real keysWidth: width - keysX

    function choose(way: string): void {
        shell.finish_typing();
        chosen = way;
    }

    height: Theme.keyboard

    Grid {
        id: ways

        readonly property int count: area.shell.can_write ? 3 : 2

        x: area.beside ? area.edge : Theme.margin
        y: area.beside ? area.height - height : Theme.gapSmall
        width: area.beside ? Theme.waysWidth : area.width - 2 * Theme.margin
        visible: !area.shell.only_letters
        columns: area.beside ? 1 : count
        spacing: Theme.gapSmall

        WayKey {
            text: qsTr("拼音")
            chosen: area.way === "pinyin"
            onClicked: area.choose("pinyin")
        }
        WayKey {
            visible: area.shell.can_write
            text: qsTr("手写")
            chosen: area.byHand
            onClicked: area.choose("hand")
        }
        WayKey {
            text: qsTr("字母")
            chosen: area.way === "letters"
            onClicked: area.choose("letters")
        }
    }
    Loader {
        id: keys

        // Large, so loaded when the first person types.
        x: area.keysX
        y: area.height - height
        width: area.keysWidth
        visible: !area.byHand
        asynchronous: true
        source: "Keyboard.qml"
        onLoaded: area.shell.open_keyboard()
    }
    Item {
        // Wherever the Tab key has gone, what a finger types goes into the line.
        anchors.fill: keys
        visible: keys.visible

        PointHandler {
            onActiveChanged: if (active)
                area.shell.take_up_line(area)
        }
    }
    Binding {
        target: keys.item
        property: "chinese"
        value: area.way !== "letters"
        when: keys.item !== null
    }
    Loader {
        x: area.keysX
        y: area.height - height
        width: area.keysWidth
        active: area.byHand
        sourceComponent: HandPanel {
            height: area.beside ? Theme.keyboard : Theme.keyboard - ways.height - 2 * Theme.gapSmall
            inset: area.beside ? 0 : Theme.gap
            shell: area.shell
        }
    }

    component WayKey: PickCell {
        width: (ways.width - (ways.columns - 1) * ways.spacing) / ways.columns
        height: Theme.touchTarget
        textSize: area.beside ? Theme.small : Theme.body
        Accessible.role: Accessible.RadioButton
        Accessible.checkable: true
        Accessible.checked: chosen
    }
}
