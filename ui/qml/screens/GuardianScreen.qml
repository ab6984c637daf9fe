import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// The applicant is a child: a guardian lays down their own card, and is the one who is verified.
Page {
    id: screen

    required property GuardianModel model

    reading: true
    title: qsTr("孩子未满十四岁，请监护人来办")
    lead: qsTr("不用孩子刷脸。请拿开孩子的证件，把监护人自己的身份证放在读卡器上；接着由监护人核验、填写和签名。")
    picture: [
        CardPicture {
            anchors.fill: parent
            visible: screen.model.open_way === ""
        },
        CounterPicture {
            anchors.fill: parent
            visible: screen.model.open_way !== ""
        }
    ]

    Notice {
        width: parent.width
        visible: screen.model.trouble !== ""
        text: screen.model.trouble
    }
    WayOpen {
        width: parent.width
        visible: screen.model.open_way !== ""
        text: screen.model.open_way
    }
    Notice {
        width: parent.width
        warning: false
        text: qsTr("是不是监护人，由受理机关核对。监护人不在，请和监护人一起再来，或到窗口问一问。")
    }
}
