import QtQuick
import ".."
import "../parts"

Sheet {
    id: sheet

    Specimen {
        caption: "TextBox: empty; filled"

        Column {
            width: parent.width
            spacing: Theme.gap

            TextBox {
                width: parent.width
                name: qsTr("您要办的事")
                initial: ""
            }
            TextBox {
                width: parent.width
                name: qsTr("您要办的事")
                initial: qsTr("找事项")
            }
        }
    }
    Specimen {
        caption: "FigureBox"

        FigureBox {
            width: parent.width
            name: qsTr("费用")
            figures: "86.40"
            unit: "¥"
        }
    }
    Specimen {
        caption: "DigitCells: open; closed to the eye"

        Column {
            spacing: Theme.gap

            DigitCells {
                digits: "13800"
                groups: [3, 4, 4]
            }
            DigitCells {
                digits: "1234"
                groups: [6]
                secret: true
            }
        }
    }
    Specimen {
        caption: "DigitPad; with a point"

        Column {
            width: parent.width
            spacing: Theme.gapLarge

            DigitPad {
                width: parent.width
            }
            DigitPad {
                width: parent.width
                extra: "."
            }
        }
    }
    Specimen {
        caption: "HandPanel: the square is empty"

        HandPanel {
            width: parent.width
            height: Theme.keyboard - Theme.waysHeight
            shell: sheet.model.shell
        }
    }
    Specimen {
        caption: "SignatureBox; asked for once more"

        Column {
            width: parent.width
            spacing: Theme.gap

            SignatureBox {
                width: Theme.signWidth
                aspect: 2.6
            }
            SignatureBox {
                width: Theme.signWidth
                aspect: 2.6
                asked: true
            }
        }
    }
}
