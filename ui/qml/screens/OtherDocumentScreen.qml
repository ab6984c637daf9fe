import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// This matter is not done with the document that was laid down: which one, and where its holder goes.
Page {
    id: screen

    required property OtherDocumentModel model

    reading: true
    title: model.title
    lead: model.why
    actions: [
        Row {
            width: parent?.width ?? 0
            spacing: Theme.gap

            ActionButton {
                id: another

                width: (parent.width - Theme.gap) / 2
                height: Math.max(implicitHeight, guide.implicitHeight)
                text: qsTr("换一张证件，再放一次")
                onClicked: screen.model.try_again()
            }
            ActionButton {
                id: guide

                width: (parent.width - Theme.gap) / 2
                height: Math.max(implicitHeight, another.implicitHeight)
                text: qsTr("打印这份指南")
                onClicked: screen.model.print_it()
            }
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            text: qsTr("知道了，看看其他事项")
            onClicked: screen.model.go_on()
        }
    ]
    picture: CounterPicture {
        anchors.fill: parent
    }

    WayOpen {
        width: parent.width
        text: screen.model.open_way
    }
    Words {
        width: parent.width
        visible: screen.model.bring.length > 0
        text: qsTr("请带上")
        font.weight: Font.Bold
        Accessible.role: Accessible.Heading
    }
    Repeater {
        model: screen.model.bring

        Point {
            required property string modelData

            width: parent?.width ?? 0
            text: modelData
        }
    }
    Notice {
        width: parent.width
        warning: false
        text: screen.model.taken
    }
}
