import QtQuick
import Hall.Models
import "../parts"
import "../pictures"

// The card has run out.
Page {
    id: screen

    required property CardExpiredModel model

    reading: true
    title: qsTr("证件已过期")
    lead: qsTr("您的%1有效期到 %2，本机不能用它办理这件事。").arg(model.document).arg(model.valid_to)
    actions: ActionButton {
        width: parent?.width ?? 0
        main: true
        text: qsTr("看看其他事项")
        onClicked: screen.model.go_on()
    }
    picture: CalendarPicture {
        anchors.fill: parent
    }

    Point {
        width: parent.width
        text: screen.model.renew
    }
    Point {
        width: parent.width
        text: qsTr("着急的话，请到窗口问一问能不能用其他证件。")
    }
    WayOpen {
        width: parent.width
        text: screen.model.open_way
    }
}
