import QtQuick
import Hall.Models
import "../parts"

// The terminal process is gone: says only what is known.
Page {
    id: screen

    required property LinkLostModel model

    title: model.title
    lead: model.advice

    Point {
        width: parent.width
        text: qsTr("请取走身份证。")
    }
}
