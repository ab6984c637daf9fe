import QtQuick
import ".."

// A letter on its way to the hall's house.
Drawing {
    id: picture

    Ground {}
    House {
        x: 372
        y: 128
    }
    Ink {
        d: "M58 420 L582 420"
    }
    Ink {
        d: "M104 420 L104 352 L150 352 L150 420 M76 196 L178 196 Q190 196 190 208 L190 340 Q190 352 178 352 L76 352 Q64 352 64 340 L64 208 Q64 196 76 196 Z"
        fill: Theme.accent
    }
    Ink {
        d: "M92 232 L162 232 M92 262 L140 262"
        line: Theme.drawnSheet
        weight: 9
    }
    Ink {
        d: "M196 190 Q290 60 384 170"
        line: Theme.accent
        weight: 6
        dashed: true
    }
    Item {
        id: letter

        x: picture.lively ? 0 : 70
        y: Math.abs(x - 70) * 0.7

        Ink {
            d: "M176 84 L262 84 L262 146 L176 146 Z M176 84 L219 122 L262 84"
            fill: Theme.drawnSheet
            weight: 6
        }
    }
    SequentialAnimation {
        running: picture.lively
        loops: Animation.Infinite

        NumberAnimation {
            target: letter
            property: "x"
            from: 0
            to: 150
            duration: 9 * Theme.motionMs
            easing.type: Easing.InOutQuad
        }
        PauseAnimation {
            duration: 5 * Theme.motionMs
        }
    }
}
