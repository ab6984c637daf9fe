import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// Nothing was sent, nothing stays.
Page {
    id: screen

    required property NotKeptModel model

    reading: true
    title: qsTr("没有保存，也没有提交")
    lead: model.why
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("知道了，结束")
        onClicked: screen.model.go_on()
    }
    picture: CounterPicture {
        anchors.fill: parent
    }

    Point {
        width: parent.width
        text: qsTr("您填写的内容没有留在这台机器上。")
    }
    Point {
        width: parent.width
        text: screen.model.another_terminal ? qsTr("请换一台机器，或到窗口办理。请取走身份证。") : qsTr("请到窗口问一问。请取走身份证。")
    }
    WayOpen {
        width: parent.width
        text: screen.model.open_way
    }
}
