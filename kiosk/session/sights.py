"""What the screen shows while a device looks: the camera's picture, and what would help camera or sensor."""

from __future__ import annotations

from devices.contracts import (
    Asked,
    CameraBack,
    CameraTrouble,
    FingerprintGuidance,
    Frame,
    Guidance,
    PagePreview,
    PageRefused,
)

Sight = (
    Frame | Guidance | Asked | CameraTrouble | CameraBack | FingerprintGuidance | PagePreview | PageRefused
)
