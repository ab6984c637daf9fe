pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"

// The form as it will be sent, and a place to sign with a finger.
Page {
    id: screen

    required property SignModel model

    // Beside the place to sign there is no room for words, nor above it for many, large or low ones.
    readonly property bool dense: Theme.landscape || Theme.lowReach || Theme.textSize > 1 || said.implicitHeight > 2.8 * Theme.touch

    reading: papers.count === 0
    title: model.title
    spacing: 0
    leftColumn: Theme.leftBroad
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
                height: aid.height
                enabled: !box.empty
                text: qsTr("重写")
                onClicked: box.wipe()
            }
            ActionButton {
                id: aid

                // Nobody else signs, and nothing stands for a signature: who cannot write here is told of people.
                width: parent.width - again.width - parent.spacing
                text: qsTr("不方便签？请人帮忙")
                Accessible.description: qsTr("叫工作人员来")
                onClicked: screen.model.ask_for_aid()
            }
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            enabled: box.signed
            text: screen.model.send_words
            onClicked: screen.model.send(box.strokes)
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
    Words {
        width: parent.width
        topPadding: Theme.gap
        text: qsTr("签名要您本人写。不方便用手指写的，可以叫工作人员来帮忙，也可以到窗口办：") + "\n" + screen.model.open_way
        font.pixelSize: Theme.note
    }
}
