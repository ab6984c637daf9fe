pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../parts"

// Notice of processing; and, on the same screen, the ways to be verified, none in front of another.
Page {
    id: screen

    required property ConsentModel model

    reading: true
    title: qsTr("怎样核验是您本人？")
    lead: Theme.landscape && model.notice !== "" ? "" : model.choice
    actions: Ways {
        width: parent?.width ?? 0
        rows: screen.model.ways
        onChosen: way => screen.model.choose(way)
    }

    component Processing: Passage {
        width: parent?.width ?? 0
        heading: qsTr("办理这件事，需要处理您的信息")
        text: qsTr("为办理“%1”，本机读取身份证上的信息，连同您填写的内容和手写签名，加密后提交给%2。除此之外不作他用。您离开后，这台机器上不留下能看到的内容。").arg(screen.model.matter).arg(screen.model.department)
    }

    component Tired: Notice {
        width: parent?.width ?? 0
        text: screen.model.notice
    }

    // In large letters there is room for one of the two.
    readonly property bool both: Theme.textSize < 2

    side: [
        Tired {
            visible: text !== ""
        },
        Processing {
            visible: screen.both || screen.model.notice === ""
        }
    ]

    Tired {
        visible: text !== "" && !screen.sided
    }
    Processing {
        visible: !screen.sided || !screen.both && screen.model.notice !== ""
    }
    FaceConsent {
        width: parent.width
        visible: screen.model.face_offered
    }
    FingerprintConsent {
        width: parent.width
        visible: screen.model.fingerprint_offered
    }
    Words {
        width: parent.width
        text: screen.model.meaning
        font.pixelSize: Theme.note
        color: Theme.quietInk
    }
}
