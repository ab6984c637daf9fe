import QtQuick
import Hall.Models
import ".."
import "../parts"

// The end of an address, typed: road, number, flat. What was picked before stands beside it, and can be changed.
Page {
    id: screen

    required property AddressModel model
    readonly property bool tight: Theme.lowReach || Theme.textSize > 1

    function finish(): void {
        model.finish_typing();
        model.finish(field.text);
    }

    typing: true
    reading: true
    title: model.ask
    lead: (Theme.landscape || tight) && model.problem !== "" ? "" : (tight ? model.region + "\n" : "") + model.detail_help
    actions: [
        Notice {
            width: parent?.width ?? 0
            visible: Theme.landscape && screen.model.problem !== ""
            text: screen.model.problem
        },
        ActionButton {
            width: parent?.width ?? 0
            visible: !screen.tight // "back" leads there, too
            text: screen.model.region
            hint: qsTr("换一个地方")
            onClicked: screen.model.widen()
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            enabled: field.composing || field.text.trim() !== ""
            text: qsTr("确定")
            onClicked: screen.finish()
        }
    ]

    TextBox {
        id: field

        width: parent.width
        name: screen.model.label
        maximumLength: screen.model.longest
        initial: screen.model.detail
        onAccepted: screen.finish()
    }
    Notice {
        width: parent.width
        visible: !Theme.landscape && screen.model.problem !== ""
        text: screen.model.problem
    }
}
