"""The verbs of a written scene for what a citizen writes: on keys, beneath a line, with a finger."""

from __future__ import annotations

import re

from bench.citizen import BUTTON
from bench.journey import PICTURE
from bench.keyboard import KEYS
from bench.plugged_keys import key_in
from bench.scene import Photograph
from bench.stage import Act, Stage
from bench.verb_values import BadValue, text

LINE = "text"
"""The role of a line to type in."""


def types(value: object) -> Act:
    """Digits, on the keys of the screen."""
    digits = text(value)
    if not digits.isdigit():
        raise BadValue("digits are needed, in quotes if they begin with 0")

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        await stage.citizen.sees(BUTTON, digits[0])
        await stage.citizen.reads()
        await stage.citizen.types(digits)

    return act


def types_pinyin(value: object) -> Act:
    """Small letters, on the keyboard beneath a line."""
    letters = text(value)
    if not set(letters) <= set(KEYS):
        raise BadValue("small letters from a to z are needed")

    async def act(stage: Stage, photograph: Photograph) -> None:
        await stage.citizen.sees(LINE, re.compile(""))
        await stage.citizen.reads()
        await stage.citizen.types_pinyin(letters)
        await photograph()

    return act


def keys_in(value: object) -> Act:
    """Any characters, on a plugged-in keyboard whose keys send them."""
    words = text(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        await stage.citizen.sees(LINE, re.compile(""))
        await stage.citizen.reads()
        await key_in(stage.hall.display.name, words)
        await photograph()

    return act


def signs(value: object) -> Act:
    """Two strokes in an area for a signature."""
    area = text("签名区" if value is None else value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        await stage.citizen.sees(PICTURE, area)
        await stage.citizen.reads()
        await stage.citizen.signs(PICTURE, area)
        await photograph()

    return act
