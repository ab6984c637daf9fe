pragma Singleton

import QtQuick

// Colours and sizes of the bench window: a technician's desk, cooler and smaller than the citizen's screen.
QtObject {
    readonly property color desk: "#E9EDF0"
    readonly property color card: "#FFFFFF"
    readonly property color ink: "#1B222C"
    readonly property color quiet: "#5A6672"
    readonly property color rule: "#D3DAE0"
    readonly property color off: "#A8B2BB"
    readonly property color accent: "#133D69"
    readonly property color tint: "#E4ECF5"
    readonly property color alarm: "#A33A12"

    readonly property string family: "Noto Sans CJK SC"
    readonly property int gap: 10
    readonly property int radius: 10
}
