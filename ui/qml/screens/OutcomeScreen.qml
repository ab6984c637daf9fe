pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// Kept, or received by the platform, each said as what it is; and what became of the slip.
Page {
    id: screen

    required property OutcomeModel model

    reading: true
    title: model.title
    lead: model.meaning
    actions: [
        Words {
            width: parent?.width ?? 0
            visible: reasons.count > 0
            text: qsTr("为什么要再打一张？")
            font.weight: Font.Bold
            Accessible.role: Accessible.Heading
        },
        Grid {
            id: why

            width: parent?.width ?? 0
            visible: reasons.count > 0
            // Beside each other where a low hand reaches no three rows.
            columns: Theme.landscape && Theme.lowReach ? 3 : 1
            spacing: Theme.gapSmall

            Repeater {
                id: reasons

                model: screen.model.reprint_reasons

                ActionButton {
                    required property LineRow modelData

                    width: (why.width - (why.columns - 1) * why.spacing) / why.columns
                    height: why.columns > 1 ? Theme.wayTouch : Theme.mainTouch
                    text: modelData.label
                    onClicked: screen.model.reprint_because(modelData.line_id)
                }
            }
        },
        Flow {
            id: deeds

            readonly property bool beside: Theme.landscape && screen.model.may_reprint

            width: parent?.width ?? 0
            spacing: Theme.gap

            ActionButton {
                id: again

                width: deeds.beside ? (parent.width - parent.spacing) / 2 : parent.width
                height: Math.max(Theme.mainTouch, implicitHeight)
                visible: screen.model.may_reprint
                text: screen.model.reprint_words
                onClicked: screen.model.reprint()
            }
            ActionButton {
                width: deeds.beside ? (parent.width - parent.spacing) / 2 : parent.width
                height: deeds.beside ? again.height : implicitHeight
                main: true
                enabled: !screen.model.printing
                text: qsTr("继续")
                onClicked: screen.model.go_on()
            }
        }
    ]
    picture: SlipPicture {
        anchors.fill: parent
        empty: screen.model.slip_trouble
    }

    Rectangle {
        width: parent.width
        height: numbers.implicitHeight + 2 * Theme.gap
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.line
        border.color: Theme.accent

        Column {
            id: numbers

            x: Theme.gap
            y: Theme.gap
            width: parent.width - 2 * x
            spacing: Theme.gapSmall

            Repeater {
                model: screen.model.numbers

                LargeNumber {
                    required property LineRow modelData
                    required property int index

                    width: parent?.width ?? 0
                    lesser: index > 0
                    label: modelData.label
                    value: modelData.value
                }
            }
        }
    }
    Notice {
        width: parent.width
        warning: screen.model.slip_trouble
        text: screen.model.slip
    }
    Column {
        width: parent.width
        visible: members.count > 0

        Repeater {
            id: members

            model: screen.model.members

            MemberLine {
                required property LineRow modelData

                width: parent?.width ?? 0
                warning: modelData.line_id !== ""
                text: modelData.label
                more: modelData.value
            }
        }
    }
    Repeater {
        model: screen.model.awaited

        Notice {
            required property string modelData

            width: parent?.width ?? 0
            text: modelData
        }
    }
    Words {
        width: parent.width
        visible: text !== ""
        text: screen.model.clock_notice
        color: Theme.warnInk
    }
    Words {
        width: parent.width
        text: qsTr("接下来")
        font.weight: Font.Bold
        Accessible.role: Accessible.Heading
    }
    Words {
        width: parent.width
        text: screen.model.next_steps
    }
}
