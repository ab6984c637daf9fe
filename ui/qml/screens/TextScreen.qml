import QtQuick
import Hall.Models
import ".."
import "../parts"

// A short text, typed on the keyboard beneath it: Pinyin or English.
Page {
    id: screen

    required property QuestionModel model

    function finish(): void {
        model.finish_typing();
        model.reply(field.text);
    }

    typing: true
    codes: model.latin
    reading: true // the line has the focus by itself
    title: model.ask
    lead: (Theme.landscape || Theme.elder) && model.problem !== "" ? "" : model.typing_help
    actions: [
        Notice {
            // On a lying page there is room for it beside the keyboard only.
            width: parent?.width ?? 0
            visible: Theme.landscape && screen.model.problem !== ""
            text: screen.model.problem
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
        maximumLength: screen.model.max_length
        latin: screen.model.latin
        initial: screen.model.answer
        onAccepted: screen.finish()
    }
    Notice {
        width: parent.width
        visible: !Theme.landscape && screen.model.problem !== ""
        text: screen.model.problem
    }
}
