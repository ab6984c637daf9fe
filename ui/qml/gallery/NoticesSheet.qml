import QtQuick
import "../parts"
import "../pictures"

Sheet {
    id: sheet

    Specimen {
        caption: "Notice: to know"

        Notice {
            width: parent.width
            warning: false
            text: qsTr("现在可以在这台机器上办理")
        }
    }
    Specimen {
        caption: "Notice: to mind, with more"

        Notice {
            width: parent.width
            text: qsTr("身份证读卡器暂时不能用")
            more: qsTr("办事指南仍可查看。要办理，请到窗口，或找工作人员。")
        }
    }
    Specimen {
        caption: "WayOpen"

        WayOpen {
            width: parent.width
            text: sheet.model.office
        }
    }
    Specimen {
        caption: "Passage"

        Passage {
            width: parent.width
            heading: qsTr("刷脸核验，需要您单独同意")
            text: qsTr("摄像头拍到的画面，只在这台机器上与证件芯片里的照片比对，不保存、不上传，比对完就清除。")
        }
    }
    Specimen {
        caption: "Point"

        Point {
            width: parent.width
            text: qsTr("请取走身份证。")
        }
    }
    Specimen {
        caption: "Waiting"

        Waiting {}
    }
    Specimen {
        caption: "Tick"

        Tick {
            width: parent.width
        }
    }
}
