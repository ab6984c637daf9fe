import QtQuick
import QtQuick.Templates as T

// What every button is: counts a touch only when it begins and ends on it, has a name, and works with keys.
T.Button {
    id: touchable

    readonly property Item ring: FocusRing {
        parent: touchable
        visible: touchable.visualFocus
    }

    function goTo(forwards: bool): void {
        nextItemInFocusChain(forwards).forceActiveFocus(forwards ? Qt.TabFocusReason : Qt.BacktabFocusReason);
    }

    focusPolicy: Qt.TabFocus // a finger never takes the focus from a line that is typed in
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()
    Keys.onDownPressed: goTo(true)
    Keys.onRightPressed: goTo(true)
    Keys.onUpPressed: goTo(false)
    Keys.onLeftPressed: goTo(false)
}
