pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// Something about the card that is good to know.
Page {
    id: screen

    required property CardNoticeModel model

    title: model.title
    lead: model.advice
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("知道了，继续办理")
        onClicked: screen.model.go_on()
    }
    picture: CalendarPicture {
        anchors.fill: parent
    }

    Repeater {
        model: screen.model.offers

        ChoiceButton {
            required property ChoiceRow modelData

            width: parent?.width ?? 0
            text: modelData.label
            note: modelData.note
            onClicked: screen.model.choose(modelData.value)
        }
    }
}
