pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"

// The form as it will be sent, and a place to sign with a finger.
Page {
    id: screen

    required property SignModel model

    // Beside the place to sign there is no room for words, nor above it for many, or for a low hand's.
    readonly property bool dense: Theme.landscape || said.implicitHeight > (Theme.lowReach ? 1.2 : 2.8) * Theme.touch

    reading: papers.count === 0
    title: model.title
    spacing: 0
    actions: [
        Words {
            id: said

            width: parent?.width ?? 0
            visible: !screen.dense
            text: screen.model.declaration
            font.pixelSize: Theme.note
        },
        SignatureBox {
            id: box

            x: ((parent?.width ?? 0) - width) / 2
            width: Math.min(parent?.width ?? 0, Theme.signWidth)
            asked: screen.model.asked_again
            aspect: screen.model.signing_aspect
        },
        Row {
            width: parent?.width ?? 0
            spacing: Theme.gap

            ActionButton {
                id: again

                width: 2 * Theme.touchTarget
                height: Theme.mainTouch
                enabled: !box.empty
                text: qsTr("重写")
                onClicked: box.wipe()
            }
            ActionButton {
                width: parent.width - again.width - parent.spacing
                main: true
                enabled: box.signed
                text: screen.model.send_words
                onClicked: screen.model.send(box.strokes)
            }
        }
    ]

    Words {
        // What is signed is read first.
        width: parent.width
        visible: screen.dense
        text: screen.model.declaration
        font.pixelSize: Theme.note
        bottomPadding: Theme.gap
    }
    Words {
        width: parent.width
        text: screen.model.name
        font.weight: Font.Bold
        bottomPadding: Theme.gapSmall
        Accessible.role: Accessible.Heading
    }
    Column {
        width: parent.width
        visible: papers.count > 0
        spacing: Theme.gapSmall
        bottomPadding: Theme.gap

        Repeater {
            id: papers

            model: screen.model.papers

            ActionButton {
                required property LineRow modelData

                width: parent?.width ?? 0
                text: qsTr("看一看：%1").arg(modelData.label)
                onClicked: screen.model.open(modelData.line_id)
            }
        }
    }
    Repeater {
        model: screen.model.lines

        Fact {
            required property LineRow modelData

            width: parent?.width ?? 0
            labelWidth: Theme.labelWide
            label: modelData.label
            value: modelData.value
        }
    }
}
