import QtQuick
import QtQuick.Controls.Basic

Window {
    id: window
    required property QtObject told
    required property string name
    width: 1080
    height: 1920
    color: "#f4f1e8"

    Column {
        x: 40
        y: 100
        spacing: 24

        Text {
            text: window.name
            font.pixelSize: 48
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Button {
            text: "申请办理"
            font.pixelSize: 40
            onClicked: { window.told.tell(window.name + " " + text); later.start() }
        }
        Button {
            text: "打印"
            enabled: false
        }
        Button {
            text: "藏"
            visible: false
        }
        Timer {
            id: later
            interval: 300
            onTriggered: done.visible = true
        }
        Text {
            id: done
            text: "已收到"
            visible: false
            font.pixelSize: 40
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    Rectangle {
        x: 100
        y: 1000
        width: 800
        height: 300
        border.width: 2
        Accessible.role: Accessible.Canvas
        Accessible.name: "签名区"
        DragHandler {
            target: null
            onActiveChanged: if (!active) window.told.tell("stroke " + (centroid.position.x > 500))
        }
    }
}
