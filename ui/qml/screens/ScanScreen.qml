import QtQuick
import Hall.Models
import ".."
import "../parts"
import "../pictures"

// Hold a code before the scanner; what can be read by people can be typed instead.
Page {
    id: screen

    required property QuestionModel model

    reading: true
    title: model.ask
    lead: model.reason
    actions: ActionButton {
        width: parent?.width ?? 0
        visible: screen.model.may_type
        text: qsTr("没有码，或扫不出来：自己输入")
        onClicked: screen.model.type_instead()
    }
    belongs: true
    picture: ScanPicture {
        anchors.fill: parent
    }

    Notice {
        width: parent.width
        visible: screen.model.problem !== ""
        text: screen.model.problem
        more: screen.model.answer === "" ? "" : qsTr("上次扫到的：%1").arg(screen.model.answer)
    }
    Words {
        width: parent.width
        text: screen.model.where
        font.pixelSize: Theme.heading
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignHCenter
    }
    Words {
        width: parent.width
        text: qsTr("把码朝着扫码窗的灯光，离开一掌远。嘀的一声就好了。")
        horizontalAlignment: Text.AlignHCenter
        color: Theme.quietInk
    }
}
