import QtQuick
import ".."

// Somebody at a counter of the hall.
Drawing {
    Ground {}
    Ink {
        d: "M196 24 L444 24 Q456 24 456 36 L456 84 Q456 96 444 96 L196 96 Q184 96 184 84 L184 36 Q184 24 196 24 Z M220 96 L220 120 M420 96 L420 120"
        fill: Theme.accent
    }
    Ink {
        d: "M228 60 L412 60"
        line: Theme.drawnSheet
        weight: 11
    }
    Person {
        x: 225
        y: 116
        scale: 0.95
        transformOrigin: Item.TopLeft
    }
    Ink {
        d: "M70 316 L570 316 Q582 316 582 328 L582 348 L58 348 L58 328 Q58 316 70 316 Z"
        fill: Theme.drawnWarm
    }
    Ink {
        d: "M86 348 L554 348 L554 424 L86 424 Z"
        fill: Theme.drawnSheet
    }
    Ink {
        d: "M426 298 L500 298 L512 314 L414 314 Z"
        fill: Theme.drawnSheet
        weight: 5
    }
    Ink {
        d: "M236 386 L404 386"
        line: Theme.drawnSoft
        weight: 11
    }
}
