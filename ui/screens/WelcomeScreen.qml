pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import "../parts"

// Choose a matter.
Page {
    id: screen

    required property WelcomeModel model

    title: qsTr("您要办什么事？")

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
        model: screen.model.matters

        ChoiceButton {
            required property ChoiceRow modelData

            width: parent?.width ?? 0
            implicitHeight: 250
            labelSize: 52
            text: modelData.label
            note: modelData.note
            onClicked: screen.model.choose(modelData.value)
        }
    }
}
