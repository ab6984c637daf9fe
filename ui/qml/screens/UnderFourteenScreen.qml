import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// The card is a child's: nobody compares a child's face. A guardian goes to the counter; what to bring.
Page {
    id: screen

    required property UnderFourteenModel model

    reading: true
    title: qsTr("未满十四岁，请监护人到窗口办")
    lead: qsTr("这不是孩子的证件有问题。法律规定，这样的事由监护人当面办理，也不用孩子刷脸。")
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("知道了，看看其他事项")
        onClicked: screen.model.go_on()
    }
    picture: CounterPicture {
        anchors.fill: parent
    }

    WayOpen {
        width: parent.width
        text: screen.model.open_way
    }
    Words {
        width: parent.width
        text: qsTr("请带上")
        font.weight: Font.Bold
        Accessible.role: Accessible.Heading
    }
    Point {
        width: parent.width
        text: qsTr("监护人自己的身份证")
    }
    Point {
        width: parent.width
        text: qsTr("孩子的身份证")
    }
    Point {
        width: parent.width
        text: qsTr("户口簿或出生证，能看出是监护人")
    }
}
