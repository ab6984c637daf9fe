import QtQuick
import Hall.Models
import ".."
import "../parts"

// A guide compares person, card and photo, then signs with number and PIN.
Page {
    id: screen

    required property GuideModel model
    property string digits: ""
    property int wait: model.retry_after_s
    readonly property bool open: wait === 0 && !model.checking
    // Where there is little room, number and PIN come before what a guide knows by heart.
    readonly property bool tight: Theme.landscape || Theme.elder || Theme.lowReach
    readonly property string asked: qsTr("工作人员：请对照本人、身份证和照片，确认是同一个人，再输入您的工号和密码。")

    reading: true
    title: qsTr("请工作人员来核验")
    lead: model.refused !== "" || tight ? "" : asked
    onModelChanged: {
        wait = model.retry_after_s;
        digits = "";
    }
    actions: [
        Row {
            // Beside the keys, and so always in sight: nobody types blind.
            spacing: Theme.gapLarge

            Entered {
                heading: qsTr("工号")
                digits: screen.digits.slice(0, 4)
                groups: [4]
                active: screen.open
            }
            Entered {
                heading: qsTr("密码")
                digits: screen.digits.slice(4)
                groups: [6]
                secret: true
                active: screen.open && screen.digits.length >= 4
            }
        },
        DigitPad {
            width: parent?.width ?? 0
            columns: !Theme.landscape && screen.tight ? 6 : Theme.padColumns
            enabled: screen.open
            onDigit: figure => screen.digits = (screen.digits + figure).slice(0, 10)
            onErase: screen.digits = screen.digits.slice(0, -1)
            onWipe: screen.digits = ""
        },
        ActionButton {
            width: parent?.width ?? 0
            main: true
            enabled: screen.open && screen.digits.length === 10
            text: screen.model.checking ? qsTr("正在核对…") : qsTr("确认是本人")
            onClicked: screen.model.enter(screen.digits.slice(0, 4), screen.digits.slice(4))
        }
    ]

    component Entered: Column {
        id: entered

        required property string heading
        required property string digits
        required property list<int> groups
        property bool secret: false
        property bool active: true

        Words {
            text: entered.heading
            font.pixelSize: Theme.note
            lineHeight: 1
        }
        DigitCells {
            digits: entered.digits
            groups: entered.groups
            secret: entered.secret
            active: entered.active
        }
    }

    Timer {
        interval: 1000
        repeat: true
        running: screen.wait > 0
        onTriggered: screen.wait -= 1
    }
    Notice {
        width: parent.width
        visible: screen.model.refused !== ""
        text: screen.model.refused
        more: screen.wait > 0 ? qsTr("%1 秒后可以再输入。").arg(screen.wait) : ""
    }
    Row {
        width: parent.width
        spacing: Theme.gap

        Picture {
            id: photo

            width: Theme.photo * (screen.tight ? 0.7 : 1)
            height: width * 1.235
            visible: screen.model.has_photo
            image: screen.model.photo
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("身份证芯片里的照片")
        }
        Column {
            width: parent.width - (photo.visible ? photo.width + Theme.gap : 0)
            spacing: Theme.gapTiny

            Words {
                width: parent.width
                text: qsTr("%1  %2").arg(screen.model.masked_name).arg(screen.model.masked_number)
                font.weight: Font.Medium
            }
            Words {
                width: parent.width
                visible: !screen.model.has_photo
                text: qsTr("本机读不出芯片里的照片，请看身份证正面。")
            }
        }
    }
    Words {
        width: parent.width
        visible: screen.tight && screen.model.refused === ""
        text: screen.asked
        color: Theme.quietInk
    }
}
