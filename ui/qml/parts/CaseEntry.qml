import QtQuick
import ".."

// One application: its matter, beneath it how far it is, and quietly its number and day.
Item {
    id: entry

    required property string title
    required property string step
    required property string number
    required property string day

    implicitHeight: words.implicitHeight + 2 * Theme.gapSmall

    Column {
        id: words

        y: Theme.gapSmall
        width: parent.width
        spacing: Theme.gapTiny

        Words {
            width: parent.width
            text: entry.title
            font.weight: Font.Bold
            lineHeight: 1
            Accessible.role: Accessible.Heading
        }
        Words {
            width: parent.width
            text: entry.step
            font.pixelSize: Theme.heading
            color: Theme.accent
            lineHeight: 1
        }
        Flow {
            width: parent.width
            spacing: Theme.gapTiny

            Words {
                rightPadding: Theme.gap
                text: entry.number
                font.pixelSize: Theme.note
                lineHeight: 1
                color: Theme.quietInk
            }
            Words {
                text: entry.day
                font.pixelSize: Theme.note
                lineHeight: 1
                color: Theme.quietInk
            }
        }
    }
    Rectangle {
        y: parent.height - height
        width: parent.width
        height: Theme.hair
        color: Theme.rule
    }
}
