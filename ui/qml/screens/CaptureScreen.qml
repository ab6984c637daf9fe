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
    // Before there is a page, a drawing beneath shows how to lay one.
    readonly property real highest: !Theme.landscape && model.pages.length === 0 ? Theme.pictureHeight : width * 0.7

    component Taken: Row {
        width: parent?.width ?? 0
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

    reading: true
    title: model.ask
    // Who has taken a page knows how to lay it; in large letters the pages need that room.
    lead: model.retaken !== "" ? model.retaken : Theme.textSize > 1 && model.pages.length > 0 ? "" : model.where
    side: Taken {}
    sideTouched: true
    actions: [
        Taken {
            visible: !Theme.landscape && screen.model.pages.length > 0
        },
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

        // What is to be done now comes first, and whole: the picture takes what is left.
        width: parent.width
        visible: !screen.model.dark

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
            horizontalAlignment: Theme.landscape ? Text.AlignLeft : Text.AlignHCenter
        }
    }
    Picture {
        width: parent.width
        height: Math.max(Theme.wayTouch, Math.min(screen.highest, screen.room - hint.height - Theme.gap))
        visible: !screen.model.dark
        whole: true
        image: screen.model.picture
        ground: Theme.panel
        ring: Theme.accent
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("高拍仪看到的桌面")
    }
    Taken {
        visible: Theme.landscape && !screen.sided && screen.model.pages.length > 0
    }
}
