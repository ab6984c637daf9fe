import QtQuick
import ".."

// The soft round ground on which every picture stands.
Ink {
    d: "M320 20 a200 200 0 1 1 -0.1 0 Z"
    fill: Theme.tint
    weight: -1
}
