import QtQuick
import Hall.Models
import ".."
import "../parts"

// Notice of processing; and, on the same screen, two ways to be verified, neither in front of the other.
Page {
    id: screen

    required property ConsentModel model

    title: qsTr("怎样核验是您本人？")
    lead: qsTr("两种方式，结果一样。选哪一种都可以。")
    actions: [
        Notice {
            width: parent?.width ?? 0
            visible: !screen.model.camera_usable
            text: qsTr("摄像头暂时不能用")
        },
        Twins {
            width: parent?.width ?? 0
            first: qsTr("同意并刷脸核验")
            firstEnabled: screen.model.camera_usable
            second: qsTr("请工作人员核验")
            onFirstClicked: screen.model.agree_to_face()
            onSecondClicked: screen.model.ask_guide()
        }
    ]

    Passage {
        width: parent.width
        heading: qsTr("办理这件事，需要处理您的信息")
        text: qsTr("为办理“%1”，本机读取身份证上的信息，连同您填写的内容和手写签名，加密后提交给%2。除此之外不作他用。您离开后，这台机器上不留下能看到的内容。").arg(screen.model.matter).arg(screen.model.department)
    }
    Passage {
        width: parent.width
        heading: qsTr("刷脸核验，需要您单独同意")
        text: qsTr("摄像头拍到的画面，只在这台机器上与身份证芯片里的照片比对。画面不保存、不上传，比对完就清除。不同意刷脸，请选工作人员核验，一样可以办理。")
    }
    Words {
        width: parent.width
        text: qsTr("点下面任何一个按钮，表示您已看过第一段。只有左边的按钮表示同意刷脸。")
        font.pixelSize: Theme.note
        color: Theme.quietInk
    }
}
