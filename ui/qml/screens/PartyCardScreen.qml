import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// They are here: their own card. Of it only name, number and kind of card are kept.
Page {
    id: screen

    required property PartyModel model

    reading: true
    title: qsTr("请%1放上自己的身份证").arg(model.name)
    lead: qsTr("请先拿开上一张。只记下姓名、号码和证件种类，其余内容核验完就清除。")
    actions: ActionButton {
        width: parent?.width ?? 0
        text: qsTr("不在，以后再签")
        onClicked: screen.model.sign_later()
    }
    picture: CardPicture {
        anchors.fill: parent
    }

    Notice {
        width: parent.width
        visible: screen.model.trouble !== ""
        text: screen.model.trouble
    }
}
