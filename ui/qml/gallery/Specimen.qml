import QtQuick
import ".."
import "../parts"

// One component in one state, under what that state is called.
Column {
    id: specimen

    required property string caption
    default property alias content: place.data

    width: parent?.width ?? 0
    spacing: Theme.gapTiny

    Words {
        width: parent.width
        text: specimen.caption
        font.pixelSize: Theme.note
        lineHeight: 1
        color: Theme.quietInk
    }
    Item {
        id: place

        width: parent.width
        implicitHeight: childrenRect.height
    }
}
