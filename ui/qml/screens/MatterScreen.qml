import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// What you need, how long, what it costs, and whether this terminal can finish it now.
Page {
    id: screen

    required property MatterModel model

    reading: true
    title: model.title
    lead: model.summary

    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: screen.model.possible ? qsTr("开始办理") : qsTr("打印这份指南")
        onClicked: screen.model.possible ? screen.model.begin() : screen.model.print_it()
    }
    picture: [
        CardPicture {
            anchors.fill: parent
            visible: screen.model.possible
            moving: false
        },
        CounterPicture {
            anchors.fill: parent
            visible: !screen.model.possible
        }
    ]

    Notice {
        width: parent.width
        visible: screen.model.possible
        warning: false
        text: qsTr("现在可以在这台机器上办理")
    }
    Repeater {
        model: screen.model.reservations

        Notice {
            required property string modelData

            width: parent?.width ?? 0
            text: modelData
        }
    }
    Notice {
        width: parent.width
        visible: !screen.model.possible
        text: screen.model.obstacle
        more: qsTr("可以到窗口办：\n%1").arg(screen.model.open_way)
    }
    Repeater {
        model: screen.model.facts

        Fact {
            required property LineRow modelData

            width: parent?.width ?? 0
            label: modelData.label
            value: modelData.value
        }
    }
    Words {
        width: parent.width
        visible: screen.model.good_to_know.length > 0
        text: qsTr("请留意")
        font.weight: Font.Bold
        Accessible.role: Accessible.Heading
    }
    Repeater {
        model: screen.model.good_to_know

        Point {
            required property string modelData

            width: parent?.width ?? 0
            text: modelData
        }
    }
    Words {
        width: parent.width
        text: qsTr("正式名称：%1").arg(screen.model.name)
        font.pixelSize: Theme.note
        color: Theme.quietInk
    }
}
