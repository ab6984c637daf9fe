import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// An enquiry is over: what became of its slip.
Page {
    id: screen

    required property EnquiredModel model

    reading: true
    title: qsTr("查好了")
    lead: qsTr("查询凭条仅供您本人参考，不是证明。本机不留下您的查询内容。")
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        enabled: !screen.model.printing
        text: qsTr("继续")
        onClicked: screen.model.go_on()
    }
    picture: SlipPicture {
        anchors.fill: parent
        empty: screen.model.slip_trouble
    }

    Notice {
        width: parent.width
        warning: screen.model.slip_trouble
        text: screen.model.slip
    }
    WayOpen {
        width: parent.width
        visible: screen.model.slip_trouble
        text: screen.model.open_way
    }
}
