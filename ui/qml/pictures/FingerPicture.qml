import QtQuick
import ".."

// A finger that comes to rest on the sensor's window.
Drawing {
    id: picture

    clip: true

    Ground {}
    Ink {
        d: "M184 46 L456 46 Q480 46 480 70 L480 250 Q480 274 456 274 L184 274 Q160 274 160 250 L160 70 Q160 46 184 46 Z"
        fill: Theme.accent
    }
    Ink {
        d: "M264 84 L376 84 Q394 84 394 102 L394 218 Q394 236 376 236 L264 236 Q246 236 246 218 L246 102 Q246 84 264 84 Z"
        fill: Theme.drawnSheet
    }
    Ink {
        d: "M282 204 L282 150 Q284 114 320 114 Q356 114 358 150 L358 204 M302 210 L302 154 Q304 136 320 136 Q336 136 338 154 L338 210 M320 160 L320 214"
        line: Theme.drawnSoft
        weight: 6
    }
    Item {
        id: hand

        y: picture.lively ? 0 : -110

        Ink {
            d: "M214 640 L206 470 L150 400 A34 34 0 0 1 204 358 L278 424 L278 268 A42 42 0 0 1 362 268 L362 380 A36 36 0 0 1 434 384 L434 398 A34 34 0 0 1 502 406 L502 500 L486 640 Z"
            fill: Theme.drawnSkin
        }
        Ink {
            d: "M298 282 Q296 244 320 244 Q344 244 342 282 Q320 294 298 282 Z"
            fill: Theme.drawnSheet
            weight: 4
        }
        Ink {
            d: "M362 380 L362 430 M434 398 L434 440"
            weight: 5
        }
    }
    SequentialAnimation {
        running: picture.lively
        loops: Animation.Infinite

        PauseAnimation {
            duration: 4 * Theme.motionMs
        }
        NumberAnimation {
            target: hand
            property: "y"
            from: 0
            to: -110
            duration: 4 * Theme.motionMs
            easing.type: Easing.InOutQuad
        }
        PauseAnimation {
            duration: 12 * Theme.motionMs
        }
        PropertyAction {
            target: hand
            property: "y"
            value: 0
        }
    }
}
