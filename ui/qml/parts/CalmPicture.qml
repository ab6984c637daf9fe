pragma ComponentBehavior: Bound

import QtQuick
import ".."

// Hills above still water: what stands where no hand has to reach.
Item {
    id: picture

    clip: true
    Accessible.ignored: true

    Repeater {
        // Middle, width and height of each hill, as shares of the picture.
        model: [[0.78, 0.7, 0.62], [0.2, 0.8, 0.5], [0.55, 0.6, 0.34]]

        Rectangle {
            required property var modelData
            required property int index

            x: picture.width * (modelData[0] - modelData[1] / 2)
            y: picture.height * (0.8 - modelData[2])
            width: picture.width * modelData[1]
            height: picture.height * 2
            radius: height / 2
            color: index === 1 ? Theme.panel : Theme.tint
        }
    }
    Rectangle {
        y: parent.height * 0.8
        width: parent.width
        height: parent.height * 0.2
        color: Theme.paper
    }
    Rectangle {
        y: parent.height * 0.8
        width: parent.width
        height: Theme.line
        color: Theme.rule
    }
}
