import QtQuick
import ".."

// Head and shoulders, from the front, in 200 × 230 units; `glance` moves the face to one side.
Item {
    id: person

    property color dress: Theme.accent
    property real glance: 0

    width: 200
    height: 230

    Ink {
        d: "M6 230 L6 196 Q8 142 70 134 L130 134 Q192 142 194 196 L194 230 Z"
        fill: person.dress
    }
    Ink {
        d: "M76 100 L76 140 Q100 162 124 140 L124 100 Z"
        fill: Theme.drawnSkin
    }
    Ink {
        d: "M100 10 a54 58 0 1 1 -0.1 0 Z"
        fill: Theme.drawnSkin
    }
    Ink {
        x: person.glance * 0.25
        d: "M46 70 Q42 4 100 4 Q158 4 154 70 Q146 44 122 40 Q80 50 60 42 Q50 52 46 70 Z"
        fill: Theme.drawnHair
        weight: 5
    }
    Ink {
        x: person.glance
        d: "M78 72 l0 6 M122 72 l0 6 M84 98 Q100 110 116 98"
        weight: 8
    }
}
