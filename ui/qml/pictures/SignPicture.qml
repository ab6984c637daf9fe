import QtQuick
import ".."

// A finger that signs on a line.
Drawing {
    id: picture

    clip: true

    Ground {}
    Ink {
        d: "M110 70 L530 70 Q548 70 548 88 L548 300 Q548 318 530 318 L110 318 Q92 318 92 300 L92 88 Q92 70 110 70 Z"
        fill: Theme.drawnSheet
    }
    Ink {
        d: "M136 264 L504 264"
        line: Theme.drawnSoft
        weight: 5
    }
    Item {
        id: written

        width: picture.lively ? 20 : 310
        height: 300
        clip: true
        x: 150

        Ink {
            x: -150
            d: "M170 220 Q200 110 216 200 Q226 250 250 190 Q270 140 280 206 Q290 246 320 180 Q344 130 350 196 Q360 240 396 172 Q420 140 452 190"
            line: Theme.accent
            weight: 12
        }
    }
    Item {
        x: written.width - 66
        y: 28
        scale: 0.68
        transformOrigin: Item.TopLeft

        Ink {
            d: "M214 640 L206 470 L150 400 A34 34 0 0 1 204 358 L278 424 L278 300 A42 42 0 0 1 362 300 L362 380 A36 36 0 0 1 434 384 L434 398 A34 34 0 0 1 502 406 L502 500 L486 640 Z"
            fill: Theme.drawnSkin
            transform: Rotation {
                origin.x: 320
                origin.y: 260
                angle: -14
            }
        }
    }
    SequentialAnimation {
        running: picture.lively
        loops: Animation.Infinite

        PauseAnimation {
            duration: 3 * Theme.motionMs
        }
        NumberAnimation {
            target: written
            property: "width"
            from: 20
            to: 310
            duration: 7 * Theme.motionMs
            easing.type: Easing.InOutSine
        }
        PauseAnimation {
            duration: 10 * Theme.motionMs
        }
    }
}
