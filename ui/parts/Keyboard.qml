import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings

// Qt's keyboard with Pinyin candidates, its keys made as tall as other touch targets.
InputPanel {
    id: panel

    Component.onCompleted: {
        VirtualKeyboardSettings.activeLocales = ["zh_CN", "en_US"];
        VirtualKeyboardSettings.locale = "zh_CN";
    }

    Binding {
        target: panel.keyboard.style
        property: "keyboardDesignHeight"
        value: 1190
    }
}
