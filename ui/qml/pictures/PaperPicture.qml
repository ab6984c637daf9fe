import QtQuick
import ".."

// A sheet that is laid under the document camera.
Drawing {
    id: picture

    Ground {}
    Ink {
        d: "M150 300 L490 300 L550 412 L90 412 Z"
        fill: Theme.accent
    }
    Ink {
        d: "M90 412 L550 412 L550 424 L90 424 Z"
        fill: Theme.accentPressed
    }
    Item {
        id: sheet

        x: picture.lively ? -150 : 0

        Ink {
            d: "M232 318 L408 318 L436 394 L204 394 Z"
            fill: Theme.drawnSheet
        }
        Ink {
            d: "M248 336 L372 336 M242 354 L396 354 M236 372 L360 372"
            line: Theme.drawnSoft
            weight: 8
        }
    }
    Ink {
        d: "M300 112 L340 112 L452 392 L188 392 Z"
        fill: Theme.drawnSheet
        weight: -1
        opacity: 0.4
    }
    Ink {
        d: "M500 300 L500 70 Q500 46 476 46 L330 46"
        weight: 34
    }
    Ink {
        d: "M500 300 L500 70 Q500 46 476 46 L330 46"
        line: Theme.accent
        weight: 20
    }
    Ink {
        d: "M278 28 L362 28 Q374 28 374 40 L374 86 Q374 98 362 98 L278 98 Q266 98 266 86 L266 40 Q266 28 278 28 Z"
        fill: Theme.accentPressed
    }
    Ink {
        d: "M320 96 m-22 0 a22 16 0 0 0 44 0 Z"
        fill: Theme.drawnWarm
        weight: 5
    }
    SequentialAnimation {
        running: picture.lively
        loops: Animation.Infinite

        PauseAnimation {
            duration: 3 * Theme.motionMs
        }
        NumberAnimation {
            target: sheet
            property: "x"
            from: -150
            to: 0
            duration: 4 * Theme.motionMs
            easing.type: Easing.OutQuad
        }
        PauseAnimation {
            duration: 12 * Theme.motionMs
        }
    }
}
