import QtQuick
import Hall.Models
import ".."

// Back and leave, low enough for a hand from a wheelchair, always at the same place.
Item {
    id: footer

    required property ShellModel shell

    implicitHeight: 176

    ActionButton {
        x: Theme.margin
        y: 32
        width: 300
        visible: footer.shell.can_go_back
        text: qsTr("返回")
        onClicked: footer.shell.go_back()
    }
    Words {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 66
        visible: footer.shell.total > 0
        text: qsTr("第 %1 步，共 %2 步").arg(footer.shell.position).arg(footer.shell.total)
        font.pixelSize: Theme.note
        lineHeight: 1
        color: Theme.quietInk
        Accessible.ignored: true
    }
    ActionButton {
        x: parent.width - width - Theme.margin
        y: 32
        width: 300
        visible: footer.shell.can_leave
        text: qsTr("离开")
        onClicked: footer.shell.leave()
    }
}
