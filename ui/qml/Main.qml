pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import Hall.Models
import "parts"

// The one window: designed for 1080 × 1920 upright or 1920 × 1080 lying, whichever the screen is, and scaled by
// the smaller factor so that everything is always shown.
Window {
    id: window

    required property ShellModel shell
    // The page of text size, contrast, reach, voice and language stands in the screen's place.
    property bool easing: false
    // Seconds without a touch on the welcome page after which it shows what can be done here.
    property int rest_s: 90
    property bool resting: false
    readonly property bool attracting: resting && shell.may_rest && shell.news === ""
    readonly property bool eased: easing && !shell.calm && !shell.idle_warning && !shell.hidden
    // Somebody looks over the shoulder: nothing beneath is to be read, by eyes or by a reader of screens.
    readonly property bool covered: shell.hidden && !shell.idle_warning

    width: 1080
    height: 1920
    color: Theme.paper
    flags: Qt.Window | Qt.FramelessWindowHint | Qt.WindowDoesNotAcceptFocus
    title: shell.hall_name

    Binding {
        target: Theme
        property: "landscape"
        value: window.width > window.height
    }
    Binding {
        target: Theme
        property: "operable"
        value: window.shell.operable_share
    }
    Binding {
        target: Theme
        property: "zoom"
        value: design.scale
    }
    Binding {
        target: Theme
        property: "leftFoot"
        value: footer.beneath ? 0 : footer.height
    }
    Binding {
        target: Theme
        property: "textSize"
        value: window.shell.text_size
    }
    Binding {
        target: Theme
        property: "elder"
        value: window.shell.elder
    }
    Binding {
        target: Theme
        property: "highContrast"
        value: window.shell.high_contrast
    }
    Binding {
        target: Theme
        property: "lowReach"
        value: window.shell.low_reach
    }
    Binding {
        target: Theme
        property: "still"
        value: window.shell.still
    }

    Timer {
        id: rest

        interval: window.rest_s * 1000
        running: window.shell.may_rest && !window.easing && !window.resting
        onTriggered: window.resting = true
    }

    Item {
        id: design

        anchors.centerIn: parent
        width: Theme.pageWidth
        height: Theme.pageHeight
        scale: Math.min(window.width / width, window.height / height)

        PointHandler {
            onActiveChanged: if (rest.running)
                rest.restart()
        }
        // In the order of the Tab key: the screen, what is beneath it, what is above it.
        Item {
            id: body

            objectName: "body"
            y: header.height + beside.room
            width: parent.width
            height: (footer.beneath ? footer.y : parent.height) - y
            visible: !window.eased && !window.shell.hidden && !window.shell.idle_warning
            enabled: visible
        }
        Loader {
            y: body.y
            width: parent.width
            height: body.height
            active: window.eased
            sourceComponent: EasePage {
                shell: window.shell
                onDone: window.easing = false
            }
        }
        Loader {
            id: beside

            readonly property real room: active ? height : 0

            y: header.height
            width: parent.width
            active: window.shell.news !== "" && !window.shell.calm && !window.shell.terse
            visible: !window.shell.hidden
            enabled: !window.shell.idle_warning
            sourceComponent: BesideBar {
                shell: window.shell
            }
        }
        Footer {
            id: footer

            visible: !window.shell.hidden
            y: parent.height - height
            width: parent.width
            enabled: !window.shell.idle_warning
            shell: window.shell
            easing: window.eased
            onEase: window.easing = !window.easing
        }
        Header {
            id: header

            width: parent.width
            visible: !window.shell.calm && !window.shell.hidden
            enabled: !window.shell.idle_warning
            shell: window.shell
            onHelp: window.easing = !window.easing
        }
        Loader {
            // Made when the first person types; kept until the process ends, with the way they chose.
            x: Theme.landscape ? Theme.margin : 0
            y: footer.y - height
            width: Theme.keyboardWidth
            active: window.shell.keyboard
            visible: window.shell.typing && !window.eased
            sourceComponent: InputArea {
                shell: window.shell
            }
        }
        Loader {
            anchors.fill: parent
            active: window.covered
            focus: active
            sourceComponent: Cover {
                shell: window.shell
            }
        }
        Loader {
            anchors.fill: parent
            active: window.shell.idle_warning
            sourceComponent: IdleWarning {
                shell: window.shell
            }
        }
        Loader {
            anchors.fill: parent
            active: window.attracting
            focus: active
            sourceComponent: Attract {
                shell: window.shell
                head: header.height
                onEnded: window.resting = false
            }
        }
    }
}
