import QtQuick
import ".."

// A card that comes to rest on the reader.
Drawing {
    id: picture

    Ground {}
    Ink {
        d: "M120 392 L120 404 Q120 420 136 420 L504 420 Q520 420 520 404 L520 392 Z"
        fill: Theme.accentPressed
    }
    Ink {
        d: "M168 292 L472 292 Q482 292 486 300 L524 378 Q528 392 514 392 L126 392 Q112 392 116 378 L154 300 Q158 292 168 292 Z"
        fill: Theme.accent
    }
    Ink {
        d: "M216 314 L424 314 L446 370 L194 370 Z"
        line: Theme.drawnSoft
        weight: 5
        dashed: true
    }
    Item {
        id: card

        y: picture.lively ? 0 : 140

        Ink {
            d: "M218 164 L422 164 Q434 164 437 174 L459 236 Q462 248 450 248 L190 248 Q178 248 181 236 L203 174 Q206 164 218 164 Z"
            fill: Theme.drawnSheet
        }
        Ink {
            d: "M232 186 L316 186 M226 206 L334 206 M220 226 L300 226"
            line: Theme.drawnSoft
            weight: 9
        }
        Ink {
            d: "M364 180 L412 180 L424 230 L370 230 Z"
            fill: Theme.drawnSoft
            weight: 4
        }
        Ink {
            d: "M390 186 a9 9 0 1 1 -0.1 0 Z M376 228 Q378 208 396 208 Q414 208 420 228 Z"
            fill: Theme.drawnSheet
            weight: 3
        }
    }
    Ink {
        d: "M320 52 L320 122 M290 94 L320 124 L350 94"
        line: Theme.warnRule
        weight: 12
        visible: card.y < 40
    }
    SequentialAnimation {
        running: picture.lively
        loops: Animation.Infinite

        PauseAnimation {
            duration: 5 * Theme.motionMs
        }
        NumberAnimation {
            target: card
            property: "y"
            from: 0
            to: 140
            duration: 4 * Theme.motionMs
            easing.type: Easing.InOutQuad
        }
        PauseAnimation {
            duration: 12 * Theme.motionMs
        }
        PropertyAction {
            target: card
            property: "y"
            value: 0
        }
    }
}
