import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// Lay a finger on the sensor; a guide is one touch away all the time.
Page {
    id: screen

    required property FingerprintModel model
    readonly property bool comparing: model.trouble === ""

    reading: true
    title: comparing ? qsTr("请把手指按在指纹窗上") : qsTr("换个方式也可以")
    actions: Ways {
        width: parent?.width ?? 0
        main: !screen.comparing
        rows: screen.model.ways
        onChosen: way => screen.model.choose(way)
    }
    picture: GuidePicture {
        anchors.fill: parent
        visible: !screen.comparing
    }

    Notice {
        width: parent.width
        visible: !screen.comparing
        text: screen.model.trouble
        more: screen.model.advice
    }
    FaceConsent {
        width: parent.width
        visible: !screen.comparing && screen.model.face_offered
    }
    Item {
        width: parent.width
        height: screen.room
        visible: screen.comparing

        FingerPicture {
            width: parent.width
            height: says.y - Theme.gap
        }
        Column {
            id: says

            y: parent.height - height
            width: parent.width
            spacing: Theme.gapTiny

            Words {
                width: parent.width
                text: screen.model.guidance
                font.pixelSize: Theme.heading
                font.weight: Font.Medium
                lineHeight: 1
                horizontalAlignment: Text.AlignHCenter
            }
            Words {
                // Which fingers says more than the one that is drawn.
                width: parent.width
                text: screen.model.fingers
                font.weight: Font.Bold
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
