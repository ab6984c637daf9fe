import QtQml
import ".."

// Qt's keyboard in the colours of this product: the style is Qt's own, only its colours are set.
QtObject {
    id: tone

    required property QtObject style
    property list<Binding> colours: [
        Binding {
            target: tone.style
            property: "keyboardBackgroundColor"
            value: Theme.panel
        },
        Binding {
            target: tone.style
            property: "normalKeyBackgroundColor"
            value: Theme.keyLetter
        },
        Binding {
            target: tone.style
            property: "highlightedKeyBackgroundColor"
            value: Theme.keySpecial
        },
        Binding {
            target: tone.style
            property: "popupBackgroundColor"
            value: Theme.keySpecial
        },
        Binding {
            target: tone.style
            property: "popupBorderColor"
            value: Theme.keySpecial
        },
        Binding {
            target: tone.style
            property: "popupHighlightColor"
            value: Theme.keyLetter
        },
        Binding {
            target: tone.style
            property: "selectionListBackgroundColor"
            value: Theme.surface
        },
        Binding {
            target: tone.style
            property: "selectionListTextColor"
            value: Theme.ink
        },
        Binding {
            target: tone.style
            property: "selectionListSeparatorColor"
            value: Theme.rule
        }
    ]
}
