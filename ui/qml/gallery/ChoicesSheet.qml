import QtQuick
import ".."
import "../parts"

Sheet {
    id: sheet

    Specimen {
        caption: "ChoiceButton: plain; with a note"

        Column {
            width: parent.width
            spacing: Theme.gap

            ChoiceButton {
                width: parent.width
                text: qsTr("非常满意")
            }
            ChoiceButton {
                width: parent.width
                text: qsTr("在，现在就签")
                note: qsTr("请带着自己的身份证。核验之后，和您一起在这里签名。")
            }
        }
    }
    Specimen {
        caption: "ChoiceButton: chosen before; touched; compact"

        Column {
            width: parent.width
            spacing: Theme.gap

            ChoiceButton {
                width: parent.width
                chosen: true
                text: qsTr("满意")
            }
            ChoiceButton {
                width: parent.width
                down: true
                text: qsTr("基本满意")
            }
            ChoiceButton {
                width: parent.width
                compact: true
                text: qsTr("不满意")
            }
        }
    }
    Specimen {
        caption: "MatterList"

        MatterList {
            width: parent.width
            heading: qsTr("在这台机器上就能办")
            rows: sheet.model.matters
        }
    }
    Specimen {
        caption: "FaceConsent; FingerprintConsent"

        Column {
            width: parent.width
            spacing: Theme.gap

            FaceConsent {
                width: parent.width
            }
            FingerprintConsent {
                width: parent.width
            }
        }
    }
}
