pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// Papers under the document camera: each is taken by itself once it lies still.
Page {
    id: screen

    required property PagesModel model

    title: model.ask
    lead: model.retaken !== "" ? model.retaken : model.where
    actions: [
        Row {
            width: parent?.width ?? 0
            spacing: Theme.gap

            ActionButton {
                width: (parent.width - Theme.gap) / 2
                text: screen.model.dark ? qsTr("再试一次") : qsTr("马上拍")
                onClicked: screen.model.dark ? screen.model.try_again() : screen.model.take()
            }
            ActionButton {
                width: (parent.width - Theme.gap) / 2
                text: qsTr("不拍，带到窗口交")
                onClicked: screen.model.bring_instead()
            }
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            visible: !screen.model.dark
            enabled: screen.model.enough
            text: screen.model.done
            onClicked: screen.model.finish()
        }
    ]
    picture: [
        CounterPicture {
            anchors.fill: parent
            visible: screen.model.dark
        },
        PaperPicture {
            anchors.fill: parent
            visible: !screen.model.dark && screen.model.pages.length === 0
        }
    ]

    Notice {
        width: parent.width
        visible: screen.model.dark
        text: screen.model.problem
    }
    Column {
        id: hint

        // On a lying page what is to be done now stands first: the picture may go on below.
        width: parent.width
        visible: Theme.landscape && !screen.model.dark

        Notice {
            width: parent.width
            visible: screen.model.problem !== ""
            text: screen.model.problem
        }
        Words {
            width: parent.width
            visible: screen.model.problem === ""
            text: screen.model.guidance
            font.pixelSize: Theme.heading
            font.weight: Font.Medium
            lineHeight: 1
        }
    }
    Picture {
        width: parent.width
        height: Theme.landscape ? Math.max(Theme.wayTouch, Math.min(Theme.pictureHeight, screen.room - hint.height - Theme.gap)) : Theme.pictureHeight
        visible: !screen.model.dark
        whole: true
        image: screen.model.picture
        ground: Theme.panel
        ring: Theme.accent
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("高拍仪看到的桌面")
    }
    Notice {
        width: parent.width
        visible: !Theme.landscape && !screen.model.dark && screen.model.problem !== ""
        text: screen.model.problem
    }
    Words {
        width: parent.width
        visible: !Theme.landscape && !screen.model.dark && screen.model.problem === ""
        text: screen.model.guidance
        font.pixelSize: Theme.heading
        font.weight: Font.Medium
        lineHeight: 1
        horizontalAlignment: Text.AlignHCenter
    }
    Row {
        width: parent.width
        visible: screen.model.pages.length > 0
        spacing: Theme.gap

        Repeater {
            model: screen.model.pages

            PageThumb {
                required property PageRow modelData

                image: modelData.image
                name: modelData.name
                onClicked: screen.model.open_page(modelData.number)
            }
        }
    }
}
