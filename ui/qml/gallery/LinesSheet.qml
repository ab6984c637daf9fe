pragma ComponentBehavior: Bound

import QtQuick
import ".."
import "../parts"

Sheet {
    id: sheet

    Specimen {
        caption: "Fact"

        Fact {
            width: parent.width
            label: qsTr("费用")
            value: qsTr("不收费")
        }
    }
    Specimen {
        caption: "ReviewLine: can be changed; is as on the card"

        Column {
            width: parent.width

            ReviewLine {
                width: parent.width
                changeable: true
                label: qsTr("电话")
                value: sheet.model.hall_phone
            }
            ReviewLine {
                width: parent.width
                changeable: false
                label: qsTr("办理地点")
                value: sheet.model.office.split("\n")[0]
            }
        }
    }
    Specimen {
        caption: "MemberLine: done with the rest; left out"

        Column {
            width: parent.width

            MemberLine {
                width: parent.width
                warning: false
                text: qsTr("费用")
                more: qsTr("不收费")
            }
            MemberLine {
                width: parent.width
                warning: true
                text: qsTr("办理地点")
                more: sheet.model.office.split("\n")[1]
            }
        }
    }
    Specimen {
        caption: "CaseEntry"

        CaseEntry {
            width: parent.width
            title: sheet.model.office.split("\n")[0]
            step: qsTr("不收费")
            number: qsTr("申报号") + " 33019900-20261121-000042"
            day: "2026-11-21"
        }
    }
    Specimen {
        caption: "LargeNumber; a lesser one"

        Column {
            width: parent.width
            spacing: Theme.gapSmall

            LargeNumber {
                width: parent.width
                label: qsTr("申报号")
                value: "SB330199202611210000042"
            }
            LargeNumber {
                width: parent.width
                lesser: true
                label: qsTr("本机流水号")
                value: "LX-HALL1-03-20261121-0042"
            }
        }
    }
    Specimen {
        caption: "ProgressLine: the first page, the fifth, the last"

        Column {
            width: parent.width
            spacing: Theme.gapLarge

            Repeater {
                model: [1, 5, 10]

                ProgressLine {
                    required property int modelData

                    width: parent?.width ?? 0
                    position: modelData
                    total: 10
                }
            }
        }
    }
}
