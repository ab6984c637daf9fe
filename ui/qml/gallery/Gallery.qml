import QtQuick
import QtQuick.Window
import Hall.Models
import ".."
import "../parts"

// The window in which the pages of the gallery are photographed: one sheet in one mode.
Window {
    id: window

    required property GalleryModel model
    property string sheet: ""
    property string caption: ""
    readonly property bool broken: loader.status === Loader.Error
    property bool elder: false
    property bool contrast: false

    width: Theme.pageWidth
    height: Math.max(1, page.implicitHeight + 2 * Theme.margin)
    color: Theme.paper

    Binding {
        target: Theme
        property: "elder"
        value: window.elder
    }
    Binding {
        target: Theme
        property: "textSize"
        value: window.elder ? 2 : 0
    }
    Binding {
        target: Theme
        property: "highContrast"
        value: window.contrast
    }
    Binding {
        target: Theme
        property: "still"
        value: true
    }
    Column {
        id: page

        x: Theme.margin
        y: Theme.margin
        width: parent.width - 2 * x
        spacing: Theme.gapLarge

        Words {
            width: parent.width
            text: window.caption
            font.pixelSize: Theme.title
            font.weight: Font.Bold
            lineHeight: 1
        }
        Loader {
            id: loader

            width: parent.width

            function load(): void {
                setSource(window.sheet === "" ? "" : window.sheet + "Sheet.qml", {
                    "model": window.model
                });
            }
            Component.onCompleted: load()

            Connections {
                target: window

                function onSheetChanged(): void {
                    loader.load();
                }
            }
        }
    }
}
