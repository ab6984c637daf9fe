import QtQuick
import ".."
import "../parts"

Sheet {
    id: sheet

    Specimen {
        caption: "PickCell: plain; with a note; chosen; not to be had"

        Row {
            width: parent.width
            spacing: Theme.gapSmall

            PickCell {
                width: (parent.width - 3 * parent.spacing) / 4
                text: "1998"
            }
            PickCell {
                width: (parent.width - 3 * parent.spacing) / 4
                text: "1999"
                note: "2"
            }
            PickCell {
                width: (parent.width - 3 * parent.spacing) / 4
                chosen: true
                text: "2000"
            }
            PickCell {
                width: (parent.width - 3 * parent.spacing) / 4
                enabled: false
                text: "2001"
            }
        }
    }
    Specimen {
        caption: "Calendar"

        Calendar {
            width: parent.width
            model: sheet.model.day
        }
    }
    Specimen {
        caption: "PageThumb"

        Row {
            spacing: Theme.gap

            PageThumb {
                image: sheet.model.page
                name: "1"
            }
            PageThumb {
                down: true
                image: sheet.model.page
                name: "2"
            }
        }
    }
    Specimen {
        caption: "OnItsWay"

        OnItsWay {
            width: parent.width
            height: Theme.photo
        }
    }
}
