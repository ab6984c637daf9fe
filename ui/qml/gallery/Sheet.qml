import QtQuick
import Hall.Models
import ".."

// Specimens, one beneath the other.
Column {
    required property GalleryModel model

    spacing: Theme.gapLarge
}
