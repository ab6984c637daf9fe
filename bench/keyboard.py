"""Where the letters of the terminal's keyboard lie: Qt's keys are not in the accessibility tree.

Measured on a screen of 1080 × 1920: three rows of keys of one size, each row shifted against the one above.
"""

from __future__ import annotations

from typing import Final

_PITCH: Final = 107
_ROWS: Final = (("qwertyuiop", 58, 1309), ("asdfghjkl", 112, 1431), ("zxcvbnm", 219, 1555))
"""Letters, and the middle of the first one's key, in pixels."""

KEYS: Final = {
    letter: (left + _PITCH * place, middle)
    for letters, left, middle in _ROWS
    for place, letter in enumerate(letters)
}
"""The middle of each letter's key."""
