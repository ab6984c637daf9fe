import QtQuick
import ".."

// Done.
Drawing {
    Ground {}
    Ink {
        d: "M320 100 a120 120 0 1 1 -0.1 0 Z"
        fill: Theme.accent
    }
    Ink {
        d: "M264 224 L304 266 L382 178"
        line: Theme.accentInk
        weight: 26
    }
}
