import QtQuick
import ".."
import "../parts"

Sheet {
    id: sheet

    Specimen {
        caption: "ActionButton: main"

        ActionButton {
            width: parent.width
            main: true
            text: qsTr("开始办理")
        }
    }
    Specimen {
        caption: "ActionButton: main, touched"

        ActionButton {
            width: parent.width
            main: true
            down: true
            text: qsTr("开始办理")
        }
    }
    Specimen {
        caption: "ActionButton: main, with the keys' focus"

        ActionButton {
            width: parent.width
            main: true
            text: qsTr("开始办理")

            FocusRing {
                visible: true
            }
        }
    }
    Specimen {
        caption: "ActionButton: main, not now"

        ActionButton {
            width: parent.width
            main: true
            enabled: false
            text: qsTr("现在不能在这里办")
        }
    }
    Specimen {
        caption: "ActionButton: plain, touched, not now"

        Row {
            width: parent.width
            spacing: Theme.gap

            ActionButton {
                width: (parent.width - 2 * Theme.gap) / 3
                text: qsTr("再试一次")
            }
            ActionButton {
                width: (parent.width - 2 * Theme.gap) / 3
                down: true
                text: qsTr("再试一次")
            }
            ActionButton {
                width: (parent.width - 2 * Theme.gap) / 3
                enabled: false
                text: qsTr("向上翻")
            }
        }
    }
    Specimen {
        caption: "Ways: none in front of another"

        Ways {
            width: parent.width
            rows: sheet.model.ways
        }
    }
    Specimen {
        caption: "FindButton; KindButton"

        Column {
            width: parent.width
            spacing: Theme.gap

            FindButton {
                width: parent.width
                text: qsTr("找事项")
                hint: qsTr("用您自己的话说，例如“身份证过期了怎么换”")
            }
            KindButton {
                width: parent.width
                kind: "life_event"
                text: qsTr("按人生大事找")
            }
        }
    }
}
