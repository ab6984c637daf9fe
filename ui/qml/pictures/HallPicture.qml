import QtQuick
import ".."

// The hall's house, and somebody on the way to it.
Drawing {
    Ground {}
    House {
        x: 250
        y: 44
        scale: 1.28
        transformOrigin: Item.TopLeft
    }
    Ink {
        d: "M60 420 L580 420"
    }
    Ink {
        d: "M104 420 L104 338 Q104 292 144 292 Q184 292 184 338 L184 420 Z"
        fill: Theme.drawnWarm
    }
    Ink {
        d: "M146 204 a38 40 0 1 1 -0.1 0 Z"
        fill: Theme.drawnSkin
    }
    Ink {
        d: "M182 226 Q166 190 128 206 Q98 224 112 272 Q124 264 126 244 Q160 244 182 226 Z"
        fill: Theme.drawnHair
        weight: 5
    }
    Ink {
        d: "M170 244 l0 5 M162 266 Q170 269 176 262"
    }
    Ink {
        d: "M200 352 L252 352 L252 386 L200 386 Z M176 344 L200 364"
        fill: Theme.drawnSheet
        weight: 6
    }
}
