pragma ComponentBehavior: Bound

import QtQuick
import ".."

// Digits in their places: groups with an optional word after each, and a mark where the next one goes.
Row {
    id: cells

    required property string digits
    required property list<int> groups
    property list<string> suffixes: []
    property bool secret: false
    property bool active: true
    property int cellWidth: Theme.cellWidth

    function start(group: int): int {
        return groups.slice(0, group).reduce((sum, size) => sum + size, 0);
    }

    spacing: Theme.gap
    Accessible.role: Accessible.EditableText
    Accessible.name: secret ? "●".repeat(digits.length) : digits

    Repeater {
        model: cells.groups.length

        Row {
            id: group

            required property int index

            spacing: Theme.gapTiny

            Repeater {
                model: cells.groups[group.index]

                Cell {
                    required property int index
                    readonly property int place: cells.start(group.index) + index

                    width: cells.cellWidth
                    figure: cells.digits.charAt(place)
                    secret: cells.secret
                    next: cells.active && place === cells.digits.length
                }
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                leftPadding: Theme.gapTiny
                visible: text !== ""
                text: cells.suffixes[group.index] ?? ""
                color: Theme.quietInk
            }
        }
    }
}
