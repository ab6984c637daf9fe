import QtQuick
import ".."

// How to stand: an arm's length away, eyes towards the camera above the screen.
Drawing {
    id: picture

    Ground {}
    Ink {
        d: "M60 420 L580 420"
    }
    Ink {
        d: "M448 420 L448 250 L506 250 L506 420 M420 420 L536 420"
        fill: Theme.accent
    }
    Ink {
        d: "M396 60 L438 46 Q448 44 451 54 L512 256 Q514 266 504 269 L470 278 Q460 280 457 270 L390 74 Q388 64 396 60 Z"
        fill: Theme.accentPressed
    }
    Ink {
        d: "M404 104 L450 238"
        line: Theme.drawnSheet
        weight: 9
    }
    Ink {
        id: lens

        d: "M404 66 a12 12 0 1 1 -0.1 0 Z"
        fill: Theme.drawnWarm
        weight: 5

        SequentialAnimation on opacity {
            running: picture.lively
            loops: Animation.Infinite

            PauseAnimation {
                duration: 4 * Theme.motionMs
            }
            PropertyAction {
                value: 0.35
            }
            PauseAnimation {
                duration: 2 * Theme.motionMs
            }
            PropertyAction {
                value: 1
            }
        }
    }
    Ink {
        d: "M124 420 L124 262 Q124 204 178 204 Q232 204 232 262 L232 420 Z"
        fill: Theme.drawnWarm
    }
    Ink {
        d: "M196 262 L196 350 Q196 366 210 366"
        weight: 6
    }
    Ink {
        d: "M180 84 a56 58 0 1 1 -0.1 0 Z"
        fill: Theme.drawnSkin
    }
    Ink {
        d: "M206 92 Q170 66 138 94 Q112 122 126 164 Q140 178 152 186 Q148 160 160 142 Q192 136 206 92 Z"
        fill: Theme.drawnHair
        weight: 5
    }
    Ink {
        d: "M212 134 l0 7 M196 170 Q206 174 214 168"
        weight: 8
    }
    Ink {
        d: "M258 126 L380 88"
        line: Theme.accent
        weight: 6
        dashed: true
    }
    Ink {
        d: "M262 390 L406 390 M280 374 L262 390 L280 406 M388 374 L406 390 L388 406"
        line: Theme.accent
        weight: 6
    }
}
