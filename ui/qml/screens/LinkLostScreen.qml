import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// The terminal process is gone: says only what is known.
Page {
    id: screen

    required property LinkLostModel model

    reading: true
    title: model.title
    lead: model.advice
    picture: LinkPicture {
        anchors.fill: parent
    }

    Point {
        width: parent.width
        text: qsTr("请取走身份证。")
    }
}
