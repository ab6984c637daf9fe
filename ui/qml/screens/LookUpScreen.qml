import QtQuick
import Hall.Models
import "../parts"

// Something is asked of others, so that nobody has to type it: what, and of whom.
Page {
    id: screen

    required property LookUpModel model

    reading: true
    title: qsTr("正在替您查，请稍等")
    lead: qsTr("查到的就不用您填了。只为办这件事查，只查您自己这一次。")

    picture: OnItsWay {
        anchors.fill: parent
    }

    Notice {
        width: parent.width
        warning: false
        text: screen.model.what
    }
}
