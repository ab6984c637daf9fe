import QtQuick
import Hall.Models
import "../parts"

// Somebody else signs, too: here and now, or later.
Page {
    id: screen

    required property PartyModel model

    title: model.may_be_here ? qsTr("%1在这里吗？").arg(model.name) : qsTr("%1也要签名").arg(model.name)
    lead: model.reason
    actions: ActionButton {
        width: parent?.width ?? 0
        visible: screen.model.verified !== ""
        main: true
        text: qsTr("继续")
        onClicked: screen.model.go_on()
    }

    Notice {
        width: parent.width
        visible: screen.model.verified !== ""
        warning: false
        text: qsTr("已核验：%1。等您核对以后，一起签名。").arg(screen.model.verified)
    }
    ChoiceButton {
        width: parent.width
        visible: screen.model.may_be_here
        text: qsTr("在，现在就签")
        note: qsTr("请带着自己的身份证。核验之后，和您一起在这里签名。")
        chosen: screen.model.verified !== ""
        onClicked: screen.model.here()
    }
    ChoiceButton {
        width: parent.width
        text: screen.model.may_be_here ? qsTr("不在，以后再签") : qsTr("知道了，以后再签")
        note: screen.model.later
        chosen: false
        onClicked: screen.model.sign_later()
    }
}
