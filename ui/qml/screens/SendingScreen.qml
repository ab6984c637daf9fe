import QtQuick
import Hall.Models
import "../parts"

// Sealing and committing: no claim yet.
Page {
    id: screen

    required property ClosingModel model

    reading: true
    title: qsTr("正在提交，请稍等")
    lead: qsTr("一般只要几秒。请不要走开，结果会显示在这里。")

    picture: OnItsWay {
        anchors.fill: parent
    }
}
