"""A keyboard plugged into the terminal whose keys send whole characters, as one set to another script does.

Through XTEST, with spare keys of the X server that are given the characters' keysyms; those beyond Latin 1
are 0x01000000 and the code point (X11 protocol, appendix A).
"""

from __future__ import annotations

import asyncio

from Xlib import X
from Xlib import display as xlib
from Xlib.ext import xtest

UNICODE = 0x01000000

LEARNT_S = 1.0
"""How long a screen may take to learn what the keys send now."""

KEY_S = 0.12
"""Between two keys: a quick hand."""


async def key_in(display_name: str, words: str) -> None:
    """Press a key for each character of `words`, on the display of that name."""
    display = xlib.Display(display_name)
    try:
        keys = dict(zip(dict.fromkeys(words), _spare_keys(display), strict=False))
        for character, key in keys.items():
            display.change_keyboard_mapping(key, [(UNICODE + ord(character),) * 2])
        display.sync()
        await asyncio.sleep(LEARNT_S)
        for character in words:
            for kind in (X.KeyPress, X.KeyRelease):
                xtest.fake_input(display, kind, keys[character])
            display.sync()
            await asyncio.sleep(KEY_S)
        await asyncio.sleep(LEARNT_S)
        for key in keys.values():
            display.change_keyboard_mapping(key, [(X.NoSymbol,) * 2])
        display.sync()
    finally:
        display.close()


def _spare_keys(display: xlib.Display) -> list[int]:
    first, last = display.display.info.min_keycode, display.display.info.max_keycode
    rows = display.get_keyboard_mapping(first, last - first + 1)
    return [first + place for place, symbols in enumerate(rows) if not any(symbols)]
