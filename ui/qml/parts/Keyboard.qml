import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings
import ".."

// Qt's keyboard with Pinyin candidates. Its style is drawn for a wide table; a narrower design makes keys,
// letters and candidates as large as other touch targets here.
InputPanel {
    id: panel

    property bool chinese: true
    readonly property var method: Qt.inputMethod
    readonly property string locale: chinese ? "zh_CN" : "en_US"
    readonly property var keys: panel.keyboard.keyboardLayoutLoader.item

    function speak(): void {
        VirtualKeyboardSettings.activeLocales = [locale];
        VirtualKeyboardSettings.locale = locale;
    }

    // A key with a gear, held down, offers to hide the keyboard; the other sign stands over its key's full stop.
    function bare(item: var): void {
        if (["\u2699", "!?"].includes(item.smallText))
            item.smallText = "";
        Array.from(item.children).forEach(bare);
    }

    onKeysChanged: if (keys)
        bare(keys)
    Component.onCompleted: {
        // No keys that hide the keyboard or change its language: a person would be left without one.
        VirtualKeyboardSettings.visibleFunctionKeys = QtVirtualKeyboard.KeyboardFunctionKeys.None;
        speak();
    }
    onLocaleChanged: speak()
    // Whatever hides it while somebody types: it comes back.
    onActiveChanged: if (!active && visible)
        Qt.callLater(method.show)

    readonly property KeyboardTone tone: KeyboardTone {
        style: panel.keyboard.style
    }

    // Nobody drags the ends of what is marked: the next letter takes its place.
    Binding {
        target: panel.keyboard.style
        property: "selectionHandle"
        value: null
    }
    Binding {
        target: panel.keyboard.style
        property: "keyboardDesignWidth"
        value: Theme.landscape ? 1560 : 1400
    }
    Binding {
        target: panel.keyboard.style
        property: "keyboardDesignHeight"
        value: Theme.landscape ? 600 : 650
    }
    Binding {
        target: panel.keyboard.style
        property: "selectionListHeight"
        value: 104
    }
    // None is made ahead of its time: Qt complains when the list of words is gone before such a one is finished.
    Binding {
        target: panel.keyboard.wordCandidateView
        property: "cacheBuffer"
        value: 0
    }
}
