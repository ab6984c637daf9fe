import QtQuick
import ".."

// Somebody of the hall comes over.
Drawing {
    id: picture

    Ground {}
    Person {
        x: 176
        y: 70
        scale: 1.5
        transformOrigin: Item.TopLeft
    }
    Ink {
        d: "M342 320 L414 320 Q422 320 422 328 L422 372 Q422 380 414 380 L342 380 Q334 380 334 372 L334 328 Q334 320 342 320 Z"
        fill: Theme.drawnSheet
        weight: 5
    }
    Ink {
        d: "M350 340 L406 340 M350 360 L388 360"
        line: Theme.warnRule
        weight: 7
    }
    Item {
        id: wave

        property bool out: true

        Ink {
            visible: wave.out
            d: "M92 150 Q72 190 92 230 M548 150 Q568 190 548 230"
            line: Theme.warnRule
            weight: 10
        }
        Ink {
            d: "M126 166 Q112 190 126 214 M514 166 Q528 190 514 214"
            line: Theme.warnRule
            weight: 10
        }
    }
    Timer {
        interval: 4 * Theme.motionMs
        repeat: true
        running: picture.lively
        onTriggered: wave.out = !wave.out
    }
}
