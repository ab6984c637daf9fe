import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// Look into the camera; a guide is one touch away all the time.
Page {
    id: screen

    required property FaceModel model
    readonly property bool looking: model.trouble === ""

    readonly property bool asked: model.turns !== ""

    reading: true
    title: !looking ? qsTr("换个方式也可以") : asked ? qsTr("请跟着提示做") : qsTr("请看摄像头")
    actions: Ways {
        width: parent?.width ?? 0
        main: !screen.looking
        rows: screen.model.ways
        onChosen: way => screen.model.choose(way)
    }
    picture: GuidePicture {
        anchors.fill: parent
        visible: !screen.looking
    }

    Notice {
        width: parent.width
        visible: !screen.looking
        text: screen.model.trouble
        more: screen.model.advice
    }
    FingerprintConsent {
        width: parent.width
        visible: !screen.looking && screen.model.fingerprint_offered
    }
    Item {
        width: parent.width
        height: screen.room
        visible: screen.looking

        Picture {
            id: mirror

            x: (parent.width - width) / 2
            width: height * 0.78
            height: Math.min(parent.height - asks.implicitHeight - tells.implicitHeight - 2 * Theme.gap, parent.width * 0.94)
            oval: true
            ground: Theme.panel
            ring: Theme.accent
            image: screen.model.picture
            Accessible.role: Accessible.Graphic
            visible: screen.model.mirror
            Accessible.name: qsTr("您在摄像头里的样子")
        }
        TurnPicture {
            // On the side of the mirror to which the person turns.
            x: screen.model.turn_to < 0 ? -Theme.margin : parent.width - width + Theme.margin
            y: (mirror.height - height) / 2
            width: Theme.turnWidth
            height: width / implicitWidth * implicitHeight
            visible: screen.model.turn_to !== 0
            leftwards: screen.model.turn_to < 0
        }
        StandPicture {
            width: parent.width
            height: mirror.height
            visible: !screen.model.mirror && screen.model.turn_to === 0
        }
        Words {
            id: asks

            y: mirror.height + Theme.gap
            width: parent.width
            text: screen.model.guidance
            font.pixelSize: Theme.heading
            font.weight: Font.Medium
            lineHeight: 1
            horizontalAlignment: Text.AlignHCenter
        }
        Words {
            id: tells

            y: asks.y + asks.implicitHeight + Theme.gapTiny
            width: parent.width
            text: screen.model.turns
            lineHeight: 1
            horizontalAlignment: Text.AlignHCenter
            color: Theme.quietInk
        }
    }
}
