pragma ComponentBehavior: Bound

import QtQuick
import ".."

// Ten digits, large, in the order of a telephone.
Grid {
    id: pad

    property string extra: "" // a point, an X: stands where "clear" stands otherwise

    signal digit(string figure)
    signal erase
    signal wipe

    readonly property real key: (width - (columns - 1) * spacing) / columns

    columns: Theme.padColumns
    spacing: Theme.gapSmall

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

        PadKey {
            required property string modelData

            width: pad.key
            text: modelData
            onClicked: pad.digit(modelData)
        }
    }
    PadKey {
        width: pad.key
        small: pad.extra === ""
        text: pad.extra === "" ? qsTr("清空") : pad.extra
        onClicked: pad.extra === "" ? pad.wipe() : pad.digit(pad.extra)
    }
    PadKey {
        width: pad.key
        text: "0"
        onClicked: pad.digit("0")
    }
    PadKey {
        width: pad.key
        small: true
        text: qsTr("删除")
        onClicked: pad.erase()
    }
}
