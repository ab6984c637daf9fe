pragma Singleton

import QtQuick

// Tokens: the only place with colours, sizes and fonts. Sizes are pixels of the 1080 × 1920 design.
// Every text colour has a contrast of at least 10:1 on the papers named beside it.
QtObject {
    readonly property color paper: "#FAF6EE"
    readonly property color panel: "#F1EADC"
    readonly property color ink: "#1B1F2A" // on paper 15.3, on panel 13.7, on tint 13.9
    readonly property color quietInk: "#33363F" // on paper 11.2, on panel 10.1
    readonly property color rule: "#CFC6B4"
    readonly property color accent: "#0F4457"
    readonly property color accentPressed: "#08303F"
    readonly property color accentInk: "#FFFFFF" // on accent 10.6
    readonly property color tint: "#E3EEF0"
    readonly property color off: "#DDD6C8"
    readonly property color warnPaper: "#FBEFD6"
    readonly property color warnInk: "#5A2A00" // on warnPaper 10.4
    readonly property color warnRule: "#B45F06"

    readonly property string family: "Noto Sans CJK SC"
    readonly property int title: 60
    readonly property int heading: 44
    readonly property int body: 36
    readonly property int note: 32
    readonly property real leading: 1.1 // Noto's own line is 1.45 em, so this makes 1.6

    readonly property int margin: 64
    readonly property int gap: 28
    readonly property int touch: 112
    readonly property int mainTouch: 136
    readonly property int radius: 18
    readonly property int keyboard: 630
}
