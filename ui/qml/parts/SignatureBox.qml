import QtQuick
import Hall.Models
import ".."

// White paper with a line to sign on.
Rectangle {
    id: box

    required property real aspect
    property bool asked: false
    readonly property bool empty: pad.empty
    readonly property bool signed: pad.signed
    readonly property list<var> strokes: pad.strokes

    function wipe(): void {
        pad.wipe();
    }

    implicitHeight: width / aspect
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.line
    border.color: asked ? Theme.warnRule : Theme.accent

    Rectangle {
        x: Theme.gapLarge
        y: hint.y - Theme.gapTiny
        width: parent.width - 2 * x
        height: Theme.hair
        color: Theme.rule
    }
    Words {
        id: hint

        anchors.horizontalCenter: parent.horizontalCenter
        y: parent.height - height - Theme.gapSmall
        text: qsTr("用手指在这里签名")
        font.pixelSize: Theme.note
        color: Theme.quietInk
    }
    SignaturePad {
        id: pad

        anchors.fill: parent
        ink: Theme.ink
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("签名区")
    }
}
