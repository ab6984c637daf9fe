import QtQuick
import ".."

// The line between this machine and the rest is away for a moment.
Drawing {
    Ground {}
    Ink {
        d: "M104 372 L104 330 M84 372 L196 372 M70 150 L210 150 Q224 150 224 164 L224 316 Q224 330 210 330 L70 330 Q56 330 56 316 L56 164 Q56 150 70 150 Z M176 330 L176 372"
        fill: Theme.accent
    }
    Ink {
        d: "M90 196 L190 196 M90 230 L156 230"
        line: Theme.drawnSheet
        weight: 9
    }
    Ink {
        d: "M442 326 Q396 326 396 282 Q396 244 434 240 Q440 186 492 186 Q540 186 548 232 Q596 234 596 280 Q596 326 550 326 Z"
        fill: Theme.drawnSheet
    }
    Ink {
        d: "M230 262 L268 262 M268 240 L268 284 Q296 284 296 262 Q296 240 268 240 Z M392 284 L362 284 M362 256 L362 308 L344 308 L344 256 Z M344 270 L326 270 M344 294 L326 294"
        fill: Theme.drawnWarm
    }
    Ink {
        d: "M310 196 L310 168 M284 206 L268 186 M336 206 L352 186"
        line: Theme.warnRule
        weight: 9
    }
}
