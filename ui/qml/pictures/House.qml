import QtQuick
import ".."

// A house with pillars, in 220 × 292 units: where matters are decided.
Item {
    width: 220
    height: 292

    Ink {
        d: "M24 116 L196 116 L196 262 L24 262 Z"
        fill: Theme.drawnSheet
    }
    Ink {
        d: "M110 34 L214 108 L6 108 Z"
        fill: Theme.accent
    }
    Ink {
        d: "M52 128 L52 250 M92 128 L92 250 M128 128 L128 250 M168 128 L168 250"
        line: Theme.drawnSoft
        weight: 14
    }
    Ink {
        d: "M8 262 L212 262 L212 276 L220 276 L220 292 L0 292 L0 276 L8 276 Z"
        fill: Theme.drawnWarm
    }
    Ink {
        d: "M110 66 a12 12 0 1 1 -0.1 0 Z"
        fill: Theme.drawnSheet
        weight: 5
    }
}
