import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// Lay down your identity card.
Page {
    id: screen

    required property CardModel model

    reading: true
    title: qsTr("请把身份证放在读卡器上")
    lead: qsTr("平放，放稳，等屏幕变了再拿开。") + (model.documents === "" ? "" : "\n" + model.documents)
    actions: [
        ActionButton {
            width: parent?.width ?? 0
            visible: screen.model.trouble === ""
            text: qsTr("没带身份证")
            onClicked: screen.model.no_card()
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            visible: screen.model.trouble !== ""
            text: qsTr("再试一次")
            onClicked: screen.model.try_again()
        }
    ]
    picture: [
        CardPicture {
            anchors.fill: parent
            visible: screen.model.open_way === ""
        },
        CounterPicture {
            anchors.fill: parent
            visible: screen.model.open_way !== ""
        }
    ]

    Notice {
        width: parent.width
        visible: screen.model.trouble !== ""
        text: screen.model.trouble
    }
    WayOpen {
        width: parent.width
        visible: screen.model.open_way !== ""
        text: screen.model.open_way
    }
}
