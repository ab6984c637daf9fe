import QtQuick
import ".."

// The frame of every screen: a title, something to read, and what to do at the bottom, always at one place.
Item {
    id: page

    property string title: ""
    property string lead: ""
    default property alias content: area.content
    property alias actions: bar.data
    property alias spacing: area.spacing

    anchors.fill: parent
    anchors.leftMargin: Theme.margin
    anchors.rightMargin: Theme.margin

    Column {
        id: head

        y: 36
        width: parent.width
        spacing: 16

        Words {
            width: parent.width
            visible: text !== ""
            text: page.title
            font.pixelSize: Theme.title
            font.weight: Font.Bold
            lineHeight: 1
            Accessible.role: Accessible.Heading
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: page.lead
            Accessible.name: page.lead.replace("\n", "")
            color: Theme.quietInk
        }
    }
    ScrollArea {
        id: area

        y: head.y + head.implicitHeight + 36
        width: parent.width
        height: bar.y - y - (bar.implicitHeight > 0 ? Theme.gap : 0)
    }
    Column {
        id: bar

        y: parent.height - implicitHeight - 12
        width: parent.width
        spacing: Theme.gap
    }
}
