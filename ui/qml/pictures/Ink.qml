import QtQuick
import QtQuick.Shapes
import ".."
import "../parts"

// One stroke of a picture: an outline in the drawing's units, filled or not. Paths stay crisp at any size.
Shape {
    id: ink

    required property string d
    property color fill: "transparent"
    property color line: Theme.drawnLine
    property real weight: 7
    property bool dashed: false
    readonly property ScrollArea area: around(parent)

    function around(item: Item): ScrollArea {
        return item === null || item instanceof ScrollArea ? item as ScrollArea : around(item.parent);
    }

    // Qt's software renderer does not clip a Shape that is scrolled wholly out of sight: it stays on the screen.
    opacity: area === null || area.shows(ink, area.scrolled, area.needed, area.height) ? 1 : 0
    preferredRendererType: Shape.CurveRenderer

    ShapePath {
        fillColor: ink.fill
        strokeColor: ink.line
        strokeWidth: ink.weight
        strokeStyle: ink.dashed ? ShapePath.DashLine : ShapePath.SolidLine
        dashPattern: [0.5, 2.2]
        joinStyle: ShapePath.RoundJoin
        capStyle: ShapePath.RoundCap

        PathSvg {
            path: ink.d
        }
    }
}
