import QtQuick
import ".."

// A picture in a field of 640 × 440 units, as large as its place allows. It moves a little, unless motion is
// unwanted; it is understood without. Words beside it say the same, so it is not read aloud.
Item {
    id: drawing

    default property alias strokes: field.data
    property bool moving: visible
    readonly property bool lively: moving && !Theme.still

    implicitWidth: 640
    implicitHeight: 440
    Accessible.ignored: true

    Item {
        id: field

        anchors.centerIn: parent
        // A little above the middle, where the eye looks for the middle.
        anchors.verticalCenterOffset: Math.min(0, height * scale - drawing.height) * 0.12
        width: 640
        height: 440
        scale: Math.min(1.3, drawing.width / width, drawing.height / height)
    }
}
