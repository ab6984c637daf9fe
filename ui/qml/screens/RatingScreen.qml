pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"

// Rate this self-service, or do not.
Page {
    id: screen

    required property RatingModel model

    title: qsTr("这次自助办理，您满意吗？")
    lead: qsTr("只评价这次自助服务，不影响您的申请。可以不评价。")

    // All of them in sight at once: not rating is never a page further than rating.
    Grid {
        id: levels

        readonly property real cell: (width - (columns - 1) * columnSpacing) / columns

        width: parent.width
        columns: Theme.landscape && (Theme.lowReach || Theme.textSize > 1) ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.lowReach ? Theme.gapSmall : Theme.gap

        Repeater {
            model: screen.model.levels

            ChoiceButton {
                required property ChoiceRow modelData

                width: levels.cell
                compact: Theme.lowReach
                text: modelData.label
                onClicked: screen.model.rate(modelData.value)
            }
        }
        ChoiceButton {
            width: levels.cell
            compact: Theme.lowReach
            text: qsTr("不评价")
            onClicked: screen.model.go_on()
        }
    }
}
