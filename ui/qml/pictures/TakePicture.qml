import QtQuick
import ".."

// Done: the card and the slip, to be taken along.
Drawing {
    Ground {}
    Item {
        rotation: 8
        transformOrigin: Item.TopLeft
        x: 392
        y: 34

        Ink {
            d: "M0 0 L150 0 L150 290 L131 278 L112 290 L93 278 L75 290 L56 278 L37 290 L18 278 L0 290 Z"
            fill: Theme.drawnSheet
        }
        Ink {
            d: "M30 44 L120 44 M30 76 L96 76 M30 108 L120 108"
            line: Theme.drawnSoft
            weight: 9
        }
    }
    Ink {
        d: "M110 150 L382 150 Q400 150 400 168 L400 326 Q400 344 382 344 L110 344 Q92 344 92 326 L92 168 Q92 150 110 150 Z"
        fill: Theme.drawnSheet
    }
    Ink {
        d: "M124 196 L226 196 M124 230 L248 230 M124 264 L206 264 M124 308 L330 308"
        line: Theme.drawnSoft
        weight: 11
    }
    Ink {
        d: "M286 184 L364 184 L364 280 L286 280 Z"
        fill: Theme.drawnSoft
        weight: 5
    }
    Ink {
        d: "M325 200 a17 17 0 1 1 -0.1 0 Z M296 278 Q298 242 325 242 Q352 242 354 278 Z"
        fill: Theme.drawnSheet
        weight: 4
    }
    Ink {
        d: "M416 312 a62 62 0 1 1 -0.1 0 Z"
        fill: Theme.accent
    }
    Ink {
        d: "M388 376 L408 398 L446 352"
        line: Theme.accentInk
        weight: 14
    }
}
