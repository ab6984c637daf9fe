import QtQuick
import ".."

// Beside a way to browse: what happens in a life, what it is about, who it is for, who does it.
Item {
    id: mark

    required property string kind
    readonly property var strokes: ({
            life_event: "M28 48 C4 32 6 10 20 10 Q26 10 28 17 Q30 10 36 10 C50 10 52 32 28 48 Z",
            theme: "M9 9 L24 9 L24 24 L9 24 Z M33 9 L48 9 L48 24 L33 24 Z M9 33 L24 33 L24 48 L9 48 Z M33 33 L48 33 L48 48 L33 48 Z",
            audience: "M28 8 a10 10 0 1 1 -0.1 0 Z M8 49 Q9 32 28 32 Q47 32 48 49 Z",
            department: "M28 7 L50 21 L6 21 Z M12 22 L12 42 M24 22 L24 42 M34 22 L34 42 M45 22 L45 42 M6 47 L50 47"
        })

    implicitWidth: 56
    implicitHeight: 56

    Ink {
        d: mark.strokes[mark.kind] ?? ""
        line: Theme.accent
        fill: Theme.tint
        weight: 5
    }
}
