import QtQuick
import Hall.Models
import "../parts"

// The card has run out.
Page {
    id: screen

    required property CardExpiredModel model

    title: qsTr("身份证已过期")
    lead: qsTr("您的身份证有效期到 %1，本机不能用它办理这件事。").arg(model.valid_to)
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("看看其他事项")
        onClicked: screen.model.go_on()
    }

    Point {
        width: parent.width
        text: qsTr("请先到公安户籍窗口换领新的身份证，再来办理。")
    }
    Point {
        width: parent.width
        text: qsTr("着急的话，请到窗口问一问能不能用其他证件。")
    }
    WayOpen {
        width: parent.width
        text: screen.model.open_way
    }
}
