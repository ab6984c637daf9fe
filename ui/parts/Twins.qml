import QtQuick
import ".."

// Two ways of the same size and prominence, side by side.
Row {
    id: twins

    property alias first: one.text
    property alias firstHint: one.hint
    property alias firstEnabled: one.enabled
    property alias second: two.text
    property alias secondHint: two.hint
    signal firstClicked
    signal secondClicked

    spacing: Theme.gap
    height: Math.max(one.implicitHeight, two.implicitHeight, 200)

    ActionButton {
        id: one

        width: (twins.width - twins.spacing) / 2
        height: twins.height
        main: true
        onClicked: twins.firstClicked()
    }
    ActionButton {
        id: two

        width: (twins.width - twins.spacing) / 2
        height: twins.height
        main: true
        onClicked: twins.secondClicked()
    }
}
