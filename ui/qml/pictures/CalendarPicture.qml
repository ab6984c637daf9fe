import QtQuick
import ".."

// A leaf of a calendar with a day ringed, and a card before it.
Drawing {
    Ground {}
    Ink {
        d: "M214 70 L506 70 Q524 70 524 88 L524 330 Q524 348 506 348 L214 348 Q196 348 196 330 L196 88 Q196 70 214 70 Z"
        fill: Theme.drawnSheet
    }
    Ink {
        d: "M196 136 L196 88 Q196 70 214 70 L506 70 Q524 70 524 88 L524 136 Z"
        fill: Theme.accent
    }
    Ink {
        d: "M272 50 L272 94 M448 50 L448 94"
        line: Theme.drawnLine
        weight: 14
    }
    Ink {
        d: "M244 180 l4 0 M302 180 l4 0 M360 180 l4 0 M418 180 l4 0 M476 180 l4 0 M418 230 l4 0 M360 230 l4 0 M302 230 l4 0 M244 230 l4 0 M418 280 l4 0 M476 280 l4 0"
        line: Theme.drawnSoft
        weight: 22
    }
    Ink {
        d: "M478 200 a30 30 0 1 1 -0.1 0 Z"
        line: Theme.warnRule
        weight: 9
    }
    Ink {
        d: "M112 242 L338 242 Q354 242 354 258 L354 384 Q354 400 338 400 L112 400 Q96 400 96 384 L96 258 Q96 242 112 242 Z"
        fill: Theme.drawnSheet
    }
    Ink {
        d: "M124 280 L204 280 M124 310 L220 310 M124 362 L300 362"
        line: Theme.drawnSoft
        weight: 10
    }
    Ink {
        d: "M256 270 L322 270 L322 336 L256 336 Z"
        fill: Theme.drawnSoft
        weight: 5
    }
}
