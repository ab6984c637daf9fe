import QtQuick
import ".."

// A label and what it says, side by side, with a thin rule beneath. A long label stands above.
Item {
    id: fact

    required property string label
    required property string value
    property int labelWidth: Theme.labelWidth

    readonly property bool above: name.implicitWidth > 2 * labelWidth

    implicitHeight: (above ? name.height + says.height : Math.max(name.height, says.height)) + Theme.gap

    Words {
        id: name

        y: Theme.gapTiny
        width: fact.above ? parent.width : fact.labelWidth - Theme.gapTiny
        text: fact.label
        color: Theme.quietInk
    }
    Words {
        id: says

        x: fact.above ? 0 : fact.labelWidth + Theme.gapTiny
        y: fact.above ? name.y + name.height : name.y
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
