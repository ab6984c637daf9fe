import QtQuick
import ".."

// A small button above every screen, no wider than its word: the hall's name stands beside it.
ActionButton {
    id: tool

    width: Math.max(Theme.touchTarget, Math.ceil(says.advanceWidth) + 2 * Theme.gapSmall + Theme.gapTiny)
    height: Theme.touchTarget
    textSize: Theme.note

    TextMetrics {
        id: says

        font.family: Theme.family
        font.pixelSize: tool.textSize
        font.weight: Font.Medium
        text: tool.text
    }
}
