import QtQuick
import ".."

// One line to type into, large.
Rectangle {
    id: box

    readonly property alias text: input.text
    readonly property alias composing: input.inputMethodComposing
    // What stands there, with the Pinyin that no character has been chosen for.
    readonly property string said: input.text.slice(0, input.cursorPosition) + input.preeditText + input.text.slice(input.cursorPosition)
    property alias maximumLength: input.maximumLength
    required property string name
    required property string initial
    property bool latin: false
    signal accepted

    implicitHeight: Theme.box
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.heavy
    border.color: Theme.accent
    clip: true

    TextInput {
        id: input

        anchors.fill: parent
        anchors.leftMargin: Theme.gap
        anchors.rightMargin: Theme.gap
        focus: true
        persistentSelection: true
        verticalAlignment: TextInput.AlignVCenter
        color: Theme.ink
        inputMethodHints: box.latin ? Qt.ImhPreferNumbers | Qt.ImhNoPredictiveText | Qt.ImhPreferUppercase : Qt.ImhNone
        selectionColor: Theme.accent
        font.family: Theme.family
        font.pixelSize: Theme.figure
        Accessible.role: Accessible.EditableText
        Accessible.name: box.name
        Component.onCompleted: {
            text = box.initial;
            forceActiveFocus();
            selectAll();
        }
        onAccepted: box.accepted()
        Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    }
}
