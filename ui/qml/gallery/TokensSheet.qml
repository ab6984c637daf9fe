pragma ComponentBehavior: Bound

import QtQuick
import ".."
import "../parts"

Sheet {
    id: sheet

    Specimen {
        caption: "type: title, heading, label, body, note, figure"

        Column {
            width: parent.width
            spacing: Theme.gapSmall

            Repeater {
                model: [Theme.title, Theme.heading, Theme.label, Theme.body, Theme.note, Theme.figure]

                Words {
                    required property int modelData

                    width: parent?.width ?? 0
                    text: modelData + " px  " + qsTr("您要办什么事？")
                    font.pixelSize: modelData
                    lineHeight: 1
                }
            }
        }
    }
    Specimen {
        caption: "colours, and the contrast of ink on each"

        Grid {
            columns: 3
            spacing: Theme.gapSmall

            Repeater {
                model: sheet.model.colours

                Rectangle {
                    id: swatch

                    required property var modelData

                    width: (sheet.width - 2 * Theme.gapSmall) / 3
                    height: Theme.wayTouch
                    radius: Theme.radius
                    color: Theme[modelData]
                    border.width: Theme.hair
                    border.color: Theme.rule

                    Words {
                        x: Theme.gap
                        y: Theme.gap
                        width: parent.width - 2 * x
                        text: swatch.modelData + "\n" + sheet.model.contrast(swatch.color, Theme.ink)
                        font.pixelSize: Theme.note
                        lineHeight: 1
                        color: sheet.model.readable(swatch.color, Theme.ink, Theme.accentInk)
                    }
                }
            }
        }
    }
}
