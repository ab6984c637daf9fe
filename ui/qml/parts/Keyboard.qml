import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings
import ".."

// Qt's keyboard with Pinyin candidates. Its style is drawn for a wide table; a narrower design makes keys,
// letters and candidates as large as other touch targets here.
InputPanel {
    id: panel

    Component.onCompleted: {
        VirtualKeyboardSettings.activeLocales = ["zh_CN", "en_US"];
        VirtualKeyboardSettings.locale = "zh_CN";
    }

    readonly property KeyboardTone tone: KeyboardTone {
        style: panel.keyboard.style
    }

    Binding {
        target: panel.keyboard.style
        property: "keyboardDesignWidth"
        value: Theme.landscape ? 1800 : 1400
    }
    Binding {
        target: panel.keyboard.style
        property: "keyboardDesignHeight"
        value: Theme.landscape ? 590 : 650
    }
    Binding {
        target: panel.keyboard.style
        property: "selectionListHeight"
        value: 104
    }
}
