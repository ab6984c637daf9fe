import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// Sealing and committing: no claim yet.
Page {
    id: screen

    required property ClosingModel model

    reading: true
    title: qsTr("正在提交，请稍等")
    lead: qsTr("一般只要几秒。请不要走开，结果会显示在这里。")

    picture: SendPicture {
        anchors.fill: parent
    }

    Waiting {
        anchors.horizontalCenter: parent.horizontalCenter
    }
}
