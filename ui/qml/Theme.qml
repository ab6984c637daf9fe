pragma Singleton

import QtQuick

// Tokens: the only place with colours, sizes and fonts. Sizes are pixels of the design, which is 1080 × 1920
// upright and 1920 × 1080 lying. What a person has chosen is bound by Main; everything else follows from it.
QtObject {
    // ---- what the person chose, and what the screen is -------------------------------------------------
    property int textSize: 0
    property bool elder: false
    property bool highContrast: false
    property bool lowReach: false
    property bool still: false
    property bool landscape: false
    property real operable: 1 // share of the screen's height, from its lower edge, that a low hand reaches
    property real zoom: 1 // pixels of the screen for one of the design
    property int leftFoot: 0 // what back, ease and leave take of a lying page's left column

    // ---- colours: every text at least 10:1 on the papers named beside it, with high contrast 20:1 ---------
    readonly property color paper: highContrast ? "#FFFFFF" : "#FAF6EE"
    readonly property color panel: highContrast ? "#FFFCDB" : "#F1EADC"
    readonly property color surface: "#FFFFFF" // what is touched or written on
    readonly property color ink: highContrast ? "#000000" : "#1B1F2A" // on paper, panel, surface, tint, off
    readonly property color quietInk: highContrast ? "#000000" : "#33363F" // on paper, panel, surface
    readonly property color rule: highContrast ? "#000000" : "#CFC6B4"
    readonly property color accent: highContrast ? "#000000" : "#133D69"
    readonly property color accentPressed: highContrast ? "#FFFCDB" : "#0B2A4C"
    readonly property color accentInk: "#FFFFFF" // on accent
    readonly property color pressedInk: highContrast ? "#000000" : "#FFFFFF" // on accentPressed
    readonly property color tint: highContrast ? "#FFFCDB" : "#E4ECF5"
    readonly property color off: highContrast ? "#FFFFFF" : "#DDD6C8"
    readonly property color warnPaper: highContrast ? "#FFFCDB" : "#FBEFD6"
    readonly property color warnInk: highContrast ? "#000000" : "#5A2A00" // on warnPaper, paper
    readonly property color warnRule: highContrast ? "#000000" : "#B45F06"
    readonly property color focus: highContrast ? "#0033CC" : "#C2410C" // the ring around what keys are on

    // ---- what pictures are drawn with: outline, sheets, people, and one warm colour ------------------------
    readonly property color drawnLine: highContrast ? "#000000" : "#1B2B47"
    readonly property color drawnSheet: "#FFFFFF"
    readonly property color drawnSkin: highContrast ? "#FFFFFF" : "#F3D2B3"
    readonly property color drawnHair: highContrast ? "#000000" : "#4A4E5C"
    readonly property color drawnWarm: highContrast ? "#FFFCDB" : "#D98B54"
    readonly property color drawnSoft: highContrast ? "#595959" : "#C5D6E8"

    // ---- keys of the keyboard: white letters and signs stand on both ------------------------------------------
    readonly property color keyLetter: highContrast ? "#000000" : "#133D69"
    readonly property color keySpecial: highContrast ? "#2B2B2B" : "#0B2A4C"

    // ---- type ------------------------------------------------------------------------------------------
    readonly property real textScale: [1, 1.15, 1.3, 1.5][textSize]
    readonly property string family: "Noto Sans CJK SC"
    readonly property real leading: 1.1 // Noto's own line is 1.45 em, so this makes 1.6
    readonly property int title: grown(landscape ? 56 : 60, 0.5)
    readonly property int heading: grown(44, 0.8)
    readonly property int body: grown(36, 1)
    readonly property int note: grown(32, 1)
    readonly property int small: grown(32, 0.4) // of what surrounds every screen
    readonly property int footLabel: grown(33, 0.6)
    readonly property int label: grown(42, 0.8) // of a main button, of a choice
    readonly property int figure: grown(50, 0.5) // what is typed, and numbers to write down
    readonly property int figureLeast: 24 // what a long figure may shrink to
    readonly property int countdown: 200

    // ---- what is touched ---------------------------------------------------------------------------------
    readonly property real targetShare: lowReach ? 0.2 : 0.5 // of the letters' growth; little room, little growth
    readonly property int touchTarget: grown(96, targetShare) // nothing that is touched is lower
    readonly property int touch: grown(landscape ? 104 : 112, targetShare)
    readonly property int mainTouch: grown(landscape ? 124 : 136, targetShare)
    readonly property int wayTouch: grown(landscape ? 160 : 200, 0.3)
    readonly property int padKey: 116
    readonly property int box: grown(landscape ? 112 : 128, 0.3) // a line to type in
    readonly property int cell: grown(92, 0.3) // a place for one digit
    readonly property int cellWidth: landscape ? 54 : 62
    readonly property int thumb: 136
    readonly property int signWidth: !landscape ? (lowReach ? 720 : 800) : lowReach ? 540 : pageWidth // of the place to sign
    readonly property int leastArea: 3 * touchTarget // what may be scrolled, its two buttons included
    readonly property int photo: 320 // a chip photo, a square code
    readonly property int pictureHeight: landscape ? 330 : 440 // of what a camera sees
    readonly property int padColumns: landscape && lowReach ? 6 : 3
    readonly property int fewest: 4 // choices a page in elder mode

    // ---- spaces and lines --------------------------------------------------------------------------------
    readonly property int margin: 64
    readonly property int gap: 28
    readonly property int gapSmall: 16
    readonly property int gapTiny: 8
    readonly property int gapLarge: 48
    readonly property int radius: 18
    readonly property int radiusSmall: 10
    readonly property int hair: 2
    readonly property int line: highContrast ? 4 : 3
    readonly property int heavy: highContrast ? 8 : 5
    readonly property int focusLine: 8

    // ---- places ------------------------------------------------------------------------------------------
    readonly property int pageWidth: landscape ? 1920 : 1080
    readonly property int pageHeight: landscape ? 1080 : 1920
    readonly property int columnGap: 72 // between the two columns of a lying page
    readonly property int leftWidth: Math.round((pageWidth - 2 * margin - columnGap) * 0.42)
    readonly property int leftBroad: Math.round((pageWidth - 2 * margin - columnGap) * 0.55) // where more is read than touched
    // With the ways of typing above it, or beside it.
    readonly property int keyboard: landscape ? 490 : lowReach ? 530 : 630 + waysHeight
    readonly property int waysHeight: landscape || lowReach ? 0 : touchTarget + gapSmall
    readonly property int waysWidth: 164 // of those ways, where they stand beside it
    readonly property int keyboardWidth: landscape ? 1180 : 1080
    readonly property int turnWidth: 440 // of the head that shows how to turn
    readonly property int attractPicture: landscape ? 400 : 572
    readonly property int leastPicture: 240 // lower than that, a picture shows nothing
    readonly property int labelWidth: grown(230, 0.8) // of what stands before a fact
    readonly property int labelWide: grown(330, 0.6)
    // The height above which nothing is touched, from the top of the design; 0 where all of it is reached.
    readonly property int reachTop: lowReach ? Math.max(0, Math.round(pageHeight * (1 - operable))) : 0

    // ---- motion ------------------------------------------------------------------------------------------
    readonly property int attractMs: 7000 // one picture of the loop that runs while nobody is here
    readonly property int motionMs: still ? 0 : 200

    function grown(size: int, share: real): int {
        return Math.round(size * (1 + (textScale - 1) * share));
    }
}
