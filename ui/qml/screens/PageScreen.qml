import QtQuick
import Hall.Models
import ".."
import "../parts"

// One page that was taken, as it will be sent.
Page {
    id: screen

    required property PagesModel model

    reading: true
    title: qsTr("看看%1，清楚吗？").arg(model.page_name)
    actions: [
        Row {
            width: parent?.width ?? 0
            spacing: Theme.gap

            ActionButton {
                width: (parent.width - Theme.gap) / 2
                text: qsTr("重拍这一页")
                onClicked: screen.model.retake()
            }
            ActionButton {
                width: (parent.width - Theme.gap) / 2
                text: qsTr("删掉这一页")
                onClicked: screen.model.drop()
            }
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            text: qsTr("清楚，就用这一页")
            onClicked: screen.model.close_page()
        }
    ]

    Picture {
        width: parent.width
        height: screen.room
        whole: true
        image: screen.model.page_image
        ground: Theme.panel
        ring: Theme.rule
        Accessible.role: Accessible.Graphic
        Accessible.name: screen.model.page_name
    }
}
