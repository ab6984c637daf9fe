pragma ComponentBehavior: Bound

import QtQuick
import ".."
import "../pictures"

Sheet {
    id: sheet

    Grid {
        columns: 2
        spacing: Theme.gap

        Repeater {
            model: ["Hall", "Card", "Stand", "Turn", "Finger", "Paper", "Scan", "Sign", "Slip", "Take", "Send", "Guide", "Counter", "Calendar", "Link"]

            Specimen {
                id: specimen

                required property string modelData

                width: (sheet.width - Theme.gap) / 2
                caption: modelData + "Picture"

                Loader {
                    width: parent.width
                    height: Theme.labelWide
                    source: "../pictures/" + specimen.modelData + "Picture.qml"
                }
            }
        }
        Specimen {
            width: (sheet.width - Theme.gap) / 2
            caption: "SlipPicture: empty"

            SlipPicture {
                width: parent.width
                height: Theme.labelWide
                empty: true
            }
        }
        Specimen {
            width: (sheet.width - Theme.gap) / 2
            caption: "TurnPicture: to the right"

            TurnPicture {
                width: parent.width
                height: Theme.labelWide
                leftwards: false
            }
        }
    }
}
