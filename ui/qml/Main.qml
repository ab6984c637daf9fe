pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import Hall.Models
import "parts"

// The one window: designed for 1080 × 1920, scaled by the smaller factor so that everything is always shown.
Window {
    id: window

    required property ShellModel shell

    width: 1080
    height: 1920
    color: Theme.paper
    flags: Qt.Window | Qt.FramelessWindowHint | Qt.WindowDoesNotAcceptFocus
    title: shell.hall_name

    Item {
        anchors.centerIn: parent
        width: 1080
        height: 1920
        scale: Math.min(window.width / width, window.height / height)

        Header {
            id: header

            width: parent.width
            visible: !window.shell.calm
            shell: window.shell
        }
        Item {
            objectName: "body"
            y: header.height
            width: parent.width
            height: footer.y - y
        }
        Footer {
            id: footer

            y: parent.height - height
            width: parent.width
            shell: window.shell
        }
        Loader {
            // Large, so loaded when the first person types; kept until the process ends.
            y: footer.y - height
            width: parent.width
            active: window.shell.keyboard
            visible: window.shell.typing
            asynchronous: true
            source: "parts/Keyboard.qml"
            onLoaded: window.shell.open_keyboard()
        }
        Loader {
            anchors.fill: parent
            active: window.shell.idle_warning
            sourceComponent: IdleWarning {
                shell: window.shell
            }
        }
    }
}
