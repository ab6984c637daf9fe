import QtQuick

// A device: whether its cable is in, and what the terminal thinks of it.
Item {
    id: plug

    required property string zh
    required property string en
    required property string device
    required property bool unplugged
    required property string seen

    signal asked(string deed)

    implicitHeight: 48

    Column {
        anchors.verticalCenter: parent.verticalCenter
        spacing: -2

        Says {
            text: plug.zh + "  " + plug.en
        }
        Says {
            text: qsTr("终端看到 terminal sees: %1").arg(plug.seen)
            font.pixelSize: 11
            color: plug.seen === "online" || plug.seen === "—" ? Tone.quiet : Tone.alarm
        }
    }
    Deed {
        anchors.right: parent.right
        width: 150
        zh: plug.unplugged ? qsTr("插上") + plug.zh : qsTr("拔掉") + plug.zh
        en: plug.unplugged ? "plug in" : "unplug"
        breaks: true
        on: plug.unplugged
        onClicked: plug.asked((plug.unplugged ? "plug " : "unplug ") + plug.device)
    }
}
