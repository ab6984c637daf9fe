pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import "../parts"

// Rate this self-service, or do not.
Page {
    id: screen

    required property RatingModel model

    title: qsTr("这次自助办理，您满意吗？")
    lead: qsTr("只评价这次自助服务，不影响您的申请。可以不评价。")

    Repeater {
        model: screen.model.levels

        ChoiceButton {
            required property ChoiceRow modelData

            width: parent?.width ?? 0
            text: modelData.label
            onClicked: screen.model.rate(modelData.value)
        }
    }
    ChoiceButton {
        width: parent.width
        text: qsTr("不评价")
        onClicked: screen.model.go_on()
    }
}
