import QtQuick
import ".."

// The frame of every screen: a title, something to read, and what to do, always at one place.
// Upright, one beneath the other; lying, title and lead on the left, the rest beside them on the right.
Item {
    id: page

    property string title: ""
    property string lead: ""
    default property alias content: area.content
    property alias actions: bar.data
    property alias spacing: area.spacing
    // What is drawn stands where nothing else does: beneath the content; lying, beneath the title, or beside it
    // when there is no content.
    property alias picture: place.data
    property bool belongs: false // to the words of the content: lying, it stands beneath them, not beneath the title
    // What stands beneath the title on a lying page that has room for it there. Where it has not (`sided`), the
    // screen shows the same in its content or above its actions.
    property alias side: beneathTitle.data
    readonly property bool sided: beside && !under && !leadTurned && beneathTitle.implicitHeight > 0 && headEnd + beneathTitle.implicitHeight <= leftEnd
    property bool sideTouched: false // so it stands low where only a low hand is
    property int leftColumn: Theme.leftWidth
    // A list that wants the whole width of a lying page, beneath its title.
    property bool broad: false
    // Nothing in the content is touched, so it may stand higher than a low hand reaches.
    property bool reading: false
    // The shell's keyboard stands beneath the content.
    property bool typing: false
    readonly property alias room: area.height

    readonly property bool beside: Theme.landscape
    readonly property real wide: !beside || broad ? width : typing ? Theme.keyboardWidth : leftColumn
    readonly property real rightX: !beside ? 0 : (typing ? Theme.keyboardWidth : leftColumn) + Theme.columnGap
    // On a lying page a pad or a place to sign fills the right column: then the content stays with the title.
    readonly property bool tall: beside && !typing && bar.implicitHeight > height * 0.45
    // Large letters or long words leave no room for title and line above the keyboard: then the title stands beside it.
    readonly property bool apart: beside && typing && (Theme.textSize > 1 || titled.advanceWidth > Theme.keyboardWidth || leftEnd < titled.height + 3 * Theme.gap + Theme.box)
    readonly property bool under: !beside || typing || tall || broad
    // What is typed is a code: no other ways of typing stand above the keys.
    property bool codes: false
    readonly property real lift: typing ? Theme.keyboard - (codes ? Theme.waysHeight : 0) : 0
    readonly property real leftEnd: height - Theme.leftFoot - (beside ? lift : 0)
    readonly property real reach: Math.max(0, Theme.reachTop - (parent?.y ?? 0))
    readonly property real headEnd: head.y + head.implicitHeight + Theme.gap
    // Large letters on a lying page: what does not fit beneath the title is turned with the rest.
    readonly property bool leadTurned: beside && !under && lead !== "" && heading.implicitHeight + beneath.implicitHeight + 2 * Theme.gap > leftEnd
    readonly property real barTop: bar.y - (bar.implicitHeight > 0 ? Theme.gap : 0)
    readonly property real areaEnd: !beside || !under ? barTop : broad ? Math.min(leftEnd, barTop) : leftEnd

    anchors.fill: parent
    anchors.leftMargin: Theme.margin
    anchors.rightMargin: Theme.margin

    TextMetrics {
        id: titled

        font: heading.font
        text: page.title
    }
    CalmPicture {
        x: -Theme.margin
        width: parent.width + 2 * Theme.margin
        height: head.y - Theme.gap
        visible: height > Theme.wayTouch
    }
    Column {
        id: head

        y: Math.max(Theme.gap, page.reading || page.beside ? 0 : page.reach - implicitHeight - Theme.gap)
        x: page.apart ? page.rightX : 0
        width: page.apart ? page.width - page.rightX : page.wide
        spacing: Theme.gapSmall

        Label {
            id: heading

            visible: said !== ""
            said: page.title
            font.pixelSize: Theme.title
            font.weight: Font.Bold
            Accessible.role: Accessible.Heading
        }
        Words {
            id: beneath

            width: parent.width
            visible: text !== "" && !aside.visible && !page.leadTurned
            text: page.lead
            Accessible.name: page.lead.replace("\n", "")
            color: Theme.quietInk
        }
    }
    Words {
        id: aside

        x: page.rightX
        y: page.apart ? page.headEnd : head.y
        width: parent.width - x
        visible: text !== "" && page.beside && page.typing
        text: page.lead
        color: Theme.quietInk
    }
    Column {
        id: beneathTitle

        y: page.sideTouched && Theme.lowReach ? page.leftEnd - implicitHeight : page.headEnd
        width: Theme.leftWidth
        visible: page.sided
        spacing: Theme.gap
    }
    ScrollArea {
        id: area

        x: page.under ? 0 : page.rightX
        // Rather a little too high than too low for anything to show.
        y: Math.max(page.under && !page.apart ? page.headEnd : Theme.gap, page.reading ? 0 : Math.min(page.reach, page.areaEnd - Theme.leastArea))
        width: page.under ? page.wide : page.width - page.rightX
        height: page.areaEnd - y

        Words {
            width: parent?.width ?? 0
            visible: page.leadTurned
            text: page.lead
            Accessible.name: page.lead.replace("\n", "")
            color: Theme.quietInk
        }
    }
    Item {
        id: place

        readonly property bool bare: area.needed === 0
        readonly property bool follows: page.under || page.belongs || bare
        readonly property real begin: follows ? area.y + area.needed : page.headEnd + (page.sided && beneathTitle.y === page.headEnd ? beneathTitle.implicitHeight + Theme.gap : 0)
        readonly property real end: follows ? area.y + area.height : page.sided && page.sideTouched && Theme.lowReach ? beneathTitle.y : page.leftEnd

        x: !page.under && (bare || page.belongs) ? page.rightX : 0
        y: begin + ((page.under || page.belongs) && !bare ? Theme.gap : 0)
        width: x > 0 ? page.width - x : page.wide
        height: Math.max(0, end - y - Theme.gapSmall)
        visible: height >= Theme.leastPicture
    }
    Column {
        id: bar

        x: page.rightX
        y: parent.height - implicitHeight - (page.beside ? Theme.gap : Theme.gapTiny + page.lift)
        width: parent.width - x
        spacing: Theme.gap
    }
}
