import QtQuick
import ".."

// A head that turns to one side, as in a mirror, with an arrow beneath.
Drawing {
    id: picture

    property bool leftwards: true
    readonly property int side: leftwards ? -1 : 1

    Ground {}
    Person {
        id: person

        x: 190
        y: 40
        scale: 1.3
        transformOrigin: Item.TopLeft
        dress: Theme.drawnWarm
        glance: picture.lively ? 0 : 20 * picture.side
    }
    Ink {
        x: 320
        transform: Scale {
            xScale: picture.side
        }
        d: "M-110 372 Q0 424 112 372 M72 356 L114 370 L100 412"
        line: Theme.accent
        weight: 16
    }
    SequentialAnimation {
        running: picture.lively
        loops: Animation.Infinite

        PauseAnimation {
            duration: 3 * Theme.motionMs
        }
        NumberAnimation {
            target: person
            property: "glance"
            from: 0
            to: 20 * picture.side
            duration: 4 * Theme.motionMs
            easing.type: Easing.InOutQuad
        }
        PauseAnimation {
            duration: 6 * Theme.motionMs
        }
        PropertyAction {
            target: person
            property: "glance"
            value: 0
        }
    }
}
