"""The citizen's screen: Qt Quick screens and the Python view-models beneath them."""
