pragma ComponentBehavior: Bound

import QtQuick
import Hall.Models
import ".."
import "../pictures"

// Nobody is here: slowly, one after the other, what can be done at this machine. One touch anywhere ends it and
// presses nothing that lies beneath; so does any key.
FocusScope {
    id: attract

    required property ShellModel shell
    property real head: 0
    property int turn: 0
    signal ended

    readonly property var pictures: [hall, card, stand, slip, guide]
    readonly property var words: [qsTr("在这台机器上就能办事"), qsTr("带上身份证，放上就能办"), qsTr("刷脸、按指纹、找人核验，都行"), qsTr("签个名，拿走凭条"), qsTr("字可以放大，还可以请人帮忙")]

    focus: true
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("点一下屏幕，开始办理")
    Accessible.onPressAction: ended()
    Keys.onPressed: event => {
        event.accepted = true;
        ended();
    }

    MouseArea {
        anchors.fill: parent
        onClicked: attract.ended()
    }
    Timer {
        interval: Theme.attractMs
        repeat: true
        running: true
        onTriggered: attract.turn = (attract.turn + 1) % attract.words.length
    }
    Rectangle {
        y: attract.head
        width: parent.width
        height: parent.height - y
        color: Theme.paper

        Column {
            y: Math.max(0, (dots.y - height) / 2)
            x: Theme.margin
            width: parent.width - 2 * x
            spacing: Theme.gap

            Loader {
                width: parent.width
                height: Math.min(Theme.attractPicture, dots.y - says.implicitHeight - more.implicitHeight - 3 * Theme.gap)
                sourceComponent: attract.pictures[attract.turn]
            }
            Words {
                id: says

                width: parent.width
                text: attract.words[attract.turn]
                font.pixelSize: Theme.title
                font.weight: Font.Bold
                lineHeight: 1
                horizontalAlignment: Text.AlignHCenter
            }
            Words {
                id: more

                width: parent.width
                text: attract.turn === 0 ? attract.shell.offered : " "
                horizontalAlignment: Text.AlignHCenter
                color: Theme.quietInk
            }
        }
        Row {
            id: dots

            anchors.horizontalCenter: parent.horizontalCenter
            y: begin.y - height - Theme.gapLarge
            spacing: Theme.gapSmall

            Repeater {
                model: attract.words.length

                Rectangle {
                    required property int index

                    width: (index === attract.turn ? 3 : 1) * Theme.gapSmall
                    height: Theme.gapSmall
                    radius: height / 2
                    color: index === attract.turn ? Theme.accent : Theme.rule
                }
            }
        }
        Rectangle {
            id: begin

            anchors.horizontalCenter: parent.horizontalCenter
            y: parent.height - height - 2 * Theme.margin
            width: Math.min(parent.width - 2 * Theme.margin, touch.implicitWidth + 4 * Theme.margin)
            height: Theme.mainTouch
            radius: height / 2
            color: Theme.accent

            Words {
                id: touch

                anchors.centerIn: parent
                text: qsTr("点一下屏幕，开始办理")
                font.pixelSize: Theme.label
                font.weight: Font.Medium
                lineHeight: 1
                color: Theme.accentInk
                Accessible.ignored: true
            }
        }
    }
    Component {
        id: hall

        HallPicture {}
    }
    Component {
        id: card

        CardPicture {}
    }
    Component {
        id: stand

        StandPicture {}
    }
    Component {
        id: slip

        SlipPicture {}
    }
    Component {
        id: guide

        GuidePicture {}
    }
}
