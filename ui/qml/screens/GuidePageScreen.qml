pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// A matter goes to a counter, said at once: who does it, where, when, and what to bring.
Page {
    id: screen

    required property GuidePageModel model

    reading: true
    title: model.title
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        enabled: screen.model.may_print
        text: qsTr("打印这份指南")
        onClicked: screen.model.print_it()
    }
    picture: CounterPicture {
        anchors.fill: parent
    }

    Notice {
        width: parent.width
        text: screen.model.notice
        more: screen.model.more
    }
    Notice {
        width: parent.width
        visible: screen.model.slip !== ""
        warning: false
        text: screen.model.slip
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
        text: screen.model.unchecked ? qsTr("这里没有写的，请问窗口。内容尚未核实，以窗口答复为准。") : qsTr("这里没有写的，请问窗口。")
        font.pixelSize: Theme.note
        color: Theme.quietInk
    }
    Row {
        width: parent.width
        visible: screen.model.has_code
        spacing: Theme.gap

        Picture {
            id: code

            width: Theme.photo
            height: width
            whole: true
            image: screen.model.code_picture
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("手机扫一扫的二维码")
        }
        Words {
            width: parent.width - code.width - Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("用手机扫一扫，接着看、接着办")
        }
    }
    Words {
        width: parent.width
        text: screen.model.code === "" ? qsTr("正式名称：%1").arg(screen.model.name) : qsTr("正式名称：%1\n事项编码：%2").arg(screen.model.name).arg(screen.model.code)
        font.pixelSize: Theme.note
        color: Theme.quietInk
    }
}
