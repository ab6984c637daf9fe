pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// Choose a matter.
Page {
    id: screen

    required property WelcomeModel model

    title: qsTr("您要办什么事？")
    picture: HallPicture {
        anchors.fill: parent
    }

    Item {
        // Its place is kept until the devices have answered: nothing slides away from a finger.
        width: parent.width
        height: works.implicitHeight
        visible: screen.model.outages.length === 0 && !screen.model.reader_missing && screen.model.kept_no === ""

        Words {
            id: works

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            visible: text !== ""
            text: screen.model.well
            font.pixelSize: Theme.note
            lineHeight: 1
            color: Theme.quietInk
        }
    }
    component News: Column {
        width: parent?.width ?? 0
        spacing: Theme.gap

        Notice {
            width: parent.width
            visible: screen.model.kept_no !== ""
            warning: false
            text: qsTr("上一份申请已保存，流水号\n%1").arg(screen.model.kept_no)
            more: qsTr("如果是您的，不用再办一次。详情请问工作人员，或拨打 %1。").arg(screen.model.hall_phone)
        }
        Notice {
            width: parent.width
            visible: screen.model.reader_missing
            text: qsTr("身份证读卡器暂时不能用")
            more: qsTr("办事指南仍可查看。要办理，请到窗口，或找工作人员。")
        }
        Repeater {
            model: screen.model.outages

            Notice {
                required property string modelData

                width: parent?.width ?? 0
                text: modelData
            }
        }
    }

    side: News {}

    News {
        visible: !screen.sided && implicitHeight > 0
    }
    FindButton {
        width: parent.width
        text: qsTr("找事项")
        hint: qsTr("用您自己的话说，例如“身份证过期了怎么换”")
        onClicked: screen.model.find()
    }
    Grid {
        id: ways

        width: parent.width
        columns: 2
        spacing: Theme.gap

        Repeater {
            model: screen.model.kinds

            KindButton {
                required property ChoiceRow modelData

                width: (ways.width - ways.spacing) / 2
                kind: modelData.value
                text: modelData.label
                onClicked: screen.model.browse(modelData.value)
            }
        }
    }
    MatterList {
        width: parent.width
        heading: qsTr("在这台机器上就能办")
        rows: screen.model.matters
        onChosen: value => screen.model.choose(value)
    }
}
