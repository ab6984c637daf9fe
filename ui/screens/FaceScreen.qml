import QtQuick
import Hall.Models
import ".."
import "../parts"

// Look into the camera; a guide is one touch away all the time.
Page {
    id: screen

    required property FaceModel model
    readonly property bool looking: model.trouble === ""

    title: looking ? qsTr("请看摄像头") : qsTr("换个方式也可以")
    actions: [
        ActionButton {
            width: parent?.width ?? 0
            visible: !screen.model.may_try_again
            main: true
            text: qsTr("请工作人员核验")
            onClicked: screen.model.ask_guide()
        },
        Twins {
            width: parent?.width ?? 0
            visible: screen.model.may_try_again
            first: qsTr("再试一次")
            second: qsTr("请工作人员核验")
            onFirstClicked: screen.model.try_again()
            onSecondClicked: screen.model.ask_guide()
        }
    ]

    Notice {
        width: parent.width
        visible: !screen.looking
        text: screen.model.trouble
        more: screen.model.advice
    }
    Item {
        width: parent.width
        height: 980
        visible: screen.looking

        Picture {
            x: (parent.width - width) / 2
            width: 690
            height: 880
            oval: true
            ground: Theme.panel
            ring: Theme.accent
            image: screen.model.picture
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("您在摄像头里的样子")
        }
        Words {
            y: 906
            width: parent.width
            text: screen.model.guidance
            font.pixelSize: Theme.heading
            font.weight: Font.Medium
            lineHeight: 1
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
