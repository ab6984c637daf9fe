import QtQuick
import ".."
import "../parts"

Sheet {
    id: sheet

    Specimen {
        caption: "OptionButton: on, off; one of a few; not to be had now"

        Grid {
            width: parent.width
            columns: 2
            spacing: Theme.gapSmall

            OptionButton {
                width: (parent.width - parent.spacing) / 2
                chosen: true
                text: qsTr("黑白分明")
                note: qsTr("白底黑字，看得更清")
            }
            OptionButton {
                width: (parent.width - parent.spacing) / 2
                text: qsTr("画面不动")
                note: qsTr("图画停住，不晃眼")
            }
            OptionButton {
                width: (parent.width - parent.spacing) / 2
                one: true
                chosen: true
                text: qsTr("标准")
            }
            OptionButton {
                width: (parent.width - parent.spacing) / 2
                one: true
                text: qsTr("大")
            }
            OptionButton {
                width: (parent.width - parent.spacing) / 2
                enabled: false
                text: qsTr("朗读屏幕")
                note: qsTr("本机现在放不出声音")
            }
        }
    }
    Specimen {
        caption: "EasePage"

        Item {
            x: -Theme.margin
            width: Theme.pageWidth
            height: Theme.pageHeight * 0.75

            EasePage {
                shell: sheet.model.shell
            }
        }
    }
    Specimen {
        caption: "EasePage: help is offered"

        Item {
            x: -Theme.margin
            width: Theme.pageWidth
            height: Theme.pageHeight * 0.75

            EasePage {
                shell: sheet.model.offered
            }
        }
    }
}
