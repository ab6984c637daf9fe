import QtQuick
import ".."

// A label and what it says, side by side, with a thin rule beneath.
Item {
    id: fact

    required property string label
    required property string value
    property int labelWidth: Theme.labelWidth

    implicitHeight: Math.max(name.implicitHeight, says.implicitHeight) + Theme.gap

    Words {
        id: name

        width: fact.labelWidth - Theme.gapSmall
        text: fact.label
        color: Theme.quietInk
    }
    Words {
        id: says

        x: fact.labelWidth
        width: parent.width - x
        text: fact.value
    }
    Rectangle {
        y: parent.height - height
        width: parent.width
        height: Theme.hair
        color: Theme.rule
    }
}
