import QtQuick
import Hall.Models
import ".."

// Over everything, opaque, by the person's own touch: nothing of theirs can be read until they touch again.
Rectangle {
    id: cover

    required property ShellModel shell

    color: Theme.panel

    Touchable {
        id: touchable

        anchors.fill: parent
        text: qsTr("点一下，继续办理")
        Accessible.description: qsTr("屏幕已遮住")
        onClicked: cover.shell.show_again()
        contentItem: Item {
            Column {
                y: Math.max(Theme.reachTop, (parent.height - implicitHeight) / 2)
                x: Theme.margin
                width: parent.width - 2 * Theme.margin
                spacing: Theme.gapLarge

                HallMark {
                    anchors.horizontalCenter: parent.horizontalCenter
                }
                Words {
                    width: parent.width
                    text: qsTr("屏幕已遮住")
                    font.pixelSize: Theme.title
                    font.weight: Font.Bold
                    lineHeight: 1
                    horizontalAlignment: Text.AlignHCenter
                    Accessible.role: Accessible.Heading
                }
                Words {
                    width: parent.width
                    text: qsTr("填写的内容都在。点一下屏幕，继续办理。")
                    horizontalAlignment: Text.AlignHCenter
                }
                Rectangle {
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: Math.min(parent.width, says.implicitWidth + 4 * Theme.gap)
                    height: Math.max(Theme.mainTouch, says.implicitHeight)
                    radius: Theme.radius
                    color: Theme.accent

                    Words {
                        id: says

                        anchors.centerIn: parent
                        text: touchable.text
                        font.pixelSize: Theme.label
                        font.weight: Font.Medium
                        lineHeight: 1
                        color: Theme.accentInk
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
    ActionButton {
        x: parent.width - width - Theme.margin
        y: parent.height - height - Theme.gap
        width: Math.max(implicitWidth, 3 * Theme.touch)
        visible: cover.shell.can_leave
        textSize: Theme.footLabel
        text: qsTr("离开")
        onClicked: cover.shell.leave()
    }
}
