"""Chinese sentences as syllables with tones, the way espeak-ng's `cmn-latn-pinyin` reads them.

Readings come from pypinyin, over them the words of `config/voice/sounds.yaml`, over both the tones of 一
and 不 as they are spoken. The third tone's change is espeak-ng's own work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypinyin import Style, lazy_pinyin

from kiosk.voice.prompts import sounds

_PAUSES = {
    "，": ",", "、": ",", "；": ",", "：": ",", "。": ".", "？": "?", "！": "!",
    "“": "", "”": "", "《": "", "》": "", "（": ",", "）": ",", " ": "", "\n": ".", "·": "",
}  # fmt: skip
_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_SYLLABLE = re.compile(r"[a-z]+[1-5]")
_FALLING, _COUNTING = "4", "ge5"


class Unspeakable(ValueError):
    """A sentence has a character that is no Chinese, no digit and no known mark: names it."""


def pinyin(text: str) -> str:
    """`请放稳。` as `qing3 fang4 wen3.`. Raises `Unspeakable`."""
    said = list(_sounded(_spelt_out(text)))
    spoken = []
    for at, (character, sound) in enumerate(said):
        after = said[at + 1][1] if at + 1 < len(said) else ""
        before = said[at - 1][0] if at else ""
        spoken.append(_in_speech(character, sound, before, after))
    return re.sub(r" (?=[,.?!])", "", " ".join(each for each in spoken if each))


def syllables(text: str) -> list[str]:
    """The syllables of `pinyin` without its marks."""
    return _SYLLABLE.findall(pinyin(text))


def _spelt_out(text: str) -> str:
    """Digits one by one, as numbers on cards and keys are read."""
    return "".join(_DIGITS.get(character, character) for character in text)


def _sounded(text: str) -> Iterator[tuple[str, str]]:
    """Each character with its sound: the longest told word first, else what the table says of the rest."""
    told = sorted(sounds(), key=len, reverse=True)
    start = at = 0
    while at < len(text):
        word = next((each for each in told if text.startswith(each, at)), None)
        if word is None:
            at += 1
            continue
        yield from _read(text[start:at])
        yield from zip(word, sounds()[word], strict=True)
        start = at = at + len(word)
    yield from _read(text[start:])


def _read(text: str) -> Iterator[tuple[str, str]]:
    for piece in re.findall(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]", text):
        if piece in _PAUSES:
            yield piece, _PAUSES[piece]
            continue
        found = lazy_pinyin(piece, style=Style.TONE3, neutral_tone_with_five=True)
        if len(found) != len(piece) or not all(map(_SYLLABLE.fullmatch, found)):
            raise Unspeakable(f'"{piece}" has no sound')
        yield from zip(piece, found, strict=True)


def _in_speech(character: str, sound: str, before: str, after: str) -> str:
    """一 and 不 rise before a falling tone; 一 falls before the others, and stays where it counts."""
    if character not in {"一", "不"} or sound.endswith("5"):
        return sound
    rises = after.endswith(_FALLING) or after == _COUNTING
    if character == "不":
        return "bu2" if rises else "bu4"
    if before == "第" or not _SYLLABLE.fullmatch(after):
        return "yi1"
    return "yi2" if rises else "yi4"
