import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// This answer leads to the window: why, what to bring, where.
Page {
    id: screen

    required property WindowModel model

    reading: true
    title: qsTr("这种情况请到窗口办")
    lead: model.why
    actions: [
        ActionButton {
            width: parent?.width ?? 0
            text: qsTr("打印这份指南")
            onClicked: screen.model.print_it()
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            text: qsTr("换一个回答")
            onClicked: screen.model.go_back()
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
}
