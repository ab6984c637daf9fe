pragma Singleton

import QtQuick

// Tokens: the only place with colours, sizes and fonts. Sizes are pixels of the 1080 × 1920 design.
// Every text colour has a contrast of at least 10:1 on the papers named beside it.
QtObject {
    readonly property color paper: "#FAF6EE"
    readonly property color panel: "#F1EADC"
    readonly property color ink: "#1B1F2A" // on paper 15.3, on panel 13.7, on tint 13.8
    readonly property color quietInk: "#33363F" // on paper 11.2, on panel 10.1
    readonly property color rule: "#CFC6B4"
    readonly property color accent: "#133D69" // on paper 10.2
    readonly property color accentPressed: "#0B2A4C"
    readonly property color accentInk: "#FFFFFF" // on accent 11.0
    readonly property color tint: "#E4ECF5"
    readonly property color off: "#DDD6C8"
    readonly property color warnPaper: "#FBEFD6"
    readonly property color warnInk: "#5A2A00" // on warnPaper 10.4
    readonly property color warnRule: "#B45F06"

    // What pictures are drawn with: outline, sheets, people, and one warm colour.
    readonly property color drawnLine: "#1B2B47"
    readonly property color drawnSheet: "#FFFFFF"
    readonly property color drawnSkin: "#F3D2B3"
    readonly property color drawnHair: "#4A4E5C"
    readonly property color drawnWarm: "#D98B54"
    readonly property color drawnSoft: "#C5D6E8"

    readonly property string family: "Noto Sans CJK SC"
    readonly property int title: 60
    readonly property int heading: 44
    readonly property int body: 36
    readonly property int note: 32
    readonly property real leading: 1.1 // Noto's own line is 1.45 em, so this makes 1.6

    readonly property int margin: 64
    readonly property int gap: 28
    readonly property int touchTarget: 96 // nothing that is touched is smaller, across or down
    readonly property int touch: 112
    readonly property int mainTouch: 136
    readonly property int radius: 18
    readonly property int keyboard: 630

    readonly property bool still: false
    readonly property int motionMs: still ? 0 : 240
}
