import QtQuick
import ".."

// A slip that comes out of the slot; or, with `empty`, one that does not.
Drawing {
    id: picture

    property bool empty: false

    Ground {}
    Item {
        id: slip

        // Never higher than the printer's front, which hides what is not out yet.
        property real out: picture.lively && !picture.empty ? -86 : 0

        y: 156 + out

        Ink {
            visible: picture.empty
            d: "M220 20 L220 218 M420 20 L420 218 M220 218 L420 218"
            line: Theme.warnRule
            dashed: true
        }
        Ink {
            visible: !picture.empty
            d: "M220 -20 L420 -20 L420 232 L400 218 L380 232 L360 218 L340 232 L320 218 L300 232 L280 218 L260 232 L240 218 L220 232 Z"
            fill: Theme.drawnSheet
        }
        Ink {
            visible: !picture.empty
            d: "M250 44 L390 44 M250 72 L350 72 M250 100 L374 100"
            line: Theme.drawnSoft
            weight: 9
        }
        Ink {
            visible: !picture.empty
            d: "M284 132 L308 132 L308 156 L284 156 Z M332 132 L356 132 L356 156 L332 156 Z M284 176 L308 176 L308 200 L284 200 Z M332 176 l6 6 M352 196 l4 4"
            weight: 9
        }
    }
    Ink {
        d: "M132 50 L508 50 Q532 50 532 74 L532 150 Q532 174 508 174 L132 174 Q108 174 108 150 L108 74 Q108 50 132 50 Z"
        fill: Theme.accent
    }
    Ink {
        d: "M196 150 L444 150"
        weight: 14
    }
    Ink {
        d: "M470 92 a10 10 0 1 1 -0.1 0 Z"
        fill: picture.empty ? Theme.warnRule : Theme.drawnSheet
        weight: 4
    }
    SequentialAnimation {
        running: picture.lively && !picture.empty
        loops: Animation.Infinite

        PauseAnimation {
            duration: 2 * Theme.motionMs
        }
        NumberAnimation {
            target: slip
            property: "out"
            from: -86
            to: 0
            duration: 6 * Theme.motionMs
        }
        PauseAnimation {
            duration: 14 * Theme.motionMs
        }
    }
}
