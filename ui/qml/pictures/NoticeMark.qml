import QtQuick
import ".."

// Before a notice: a warning sign, or a small "i", so that colour is not the only thing that tells.
Item {
    id: mark

    property bool warning: true

    implicitWidth: Theme.heading
    implicitHeight: Theme.heading

    Item {
        width: 48
        height: 48
        scale: mark.width / width
        transformOrigin: Item.TopLeft

        Ink {
            visible: mark.warning
            d: "M24 6 L44 41 L4 41 Z"
            fill: Theme.warnRule
            line: Theme.warnRule
            weight: 6
        }
        Ink {
            visible: !mark.warning
            d: "M24 4 a20 20 0 1 1 -0.1 0 Z"
            fill: Theme.accent
            weight: -1
        }
        Ink {
            d: mark.warning ? "M24 18 L24 28 M24 35 l0 0.5" : "M24 14 l0 0.5 M24 23 L24 34"
            line: Theme.surface
            weight: 5
        }
    }
}
