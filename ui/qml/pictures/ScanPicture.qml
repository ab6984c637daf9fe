import QtQuick
import ".."

// A code that is held before the scanner's light.
Drawing {
    id: picture

    Ground {}
    Ink {
        d: "M250 128 L390 128 L470 300 L170 300 Z"
        fill: Theme.drawnSoft
        weight: -1
        opacity: 0.6
    }
    Ink {
        d: "M220 26 L420 26 Q444 26 444 50 L444 104 Q444 128 420 128 L220 128 Q196 128 196 104 L196 50 Q196 26 220 26 Z"
        fill: Theme.accent
    }
    Ink {
        d: "M250 106 L390 106"
        line: Theme.drawnSheet
        weight: 14
    }
    Item {
        id: held

        y: picture.lively ? 70 : 0

        Ink {
            d: "M238 196 L402 196 Q416 196 416 210 L416 356 Q416 370 402 370 L238 370 Q224 370 224 356 L224 210 Q224 196 238 196 Z"
            fill: Theme.drawnSheet
        }
        Ink {
            d: "M256 222 L300 222 L300 266 L256 266 Z M340 222 L384 222 L384 266 L340 266 Z M256 300 L300 300 L300 344 L256 344 Z"
            weight: 11
        }
        Ink {
            d: "M320 238 l0 6 M320 284 l8 0 M348 290 l6 0 M380 296 l0 10 M330 312 l0 10 M356 320 l10 0 M382 340 l0 2 M332 342 l14 0 M276 242 l3 0 M360 242 l3 0 M276 321 l3 0"
            weight: 11
        }
    }
    SequentialAnimation {
        running: picture.lively
        loops: Animation.Infinite

        PauseAnimation {
            duration: 3 * Theme.motionMs
        }
        NumberAnimation {
            target: held
            property: "y"
            from: 70
            to: 0
            duration: 5 * Theme.motionMs
            easing.type: Easing.InOutQuad
        }
        PauseAnimation {
            duration: 12 * Theme.motionMs
        }
        PropertyAction {
            target: held
            property: "y"
            value: 70
        }
    }
}
