"""What the screen shows while a device looks: the camera's picture, and what would help camera or sensor."""

from __future__ import annotations

from devices.contracts.eyes import Asked, CameraBack, CameraTrouble, Frame, Guidance
from devices.contracts.fingerprints import FingerprintGuidance
from devices.contracts.pages import PagePreview, PageRefused

Sight = (
    Frame | Guidance | Asked | CameraTrouble | CameraBack | FingerprintGuidance | PagePreview | PageRefused
)
