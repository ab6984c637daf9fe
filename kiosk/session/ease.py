"""How one person wants the screens: larger, clearer, lower, calmer, spoken. It dies with the session."""

from __future__ import annotations

from dataclasses import dataclass, replace

TEXT_SIZES = 4
"""Of `Ease.text_size`: 0 is the size that everybody meets."""

ELDER_TEXT_SIZE = 2
"""The least text size of elder mode."""


@dataclass(frozen=True)
class Ease:
    """What is chosen on any screen, for every screen that follows."""

    elder: bool = False
    """Elder mode (长者模式): larger text and targets, fewer choices a page, spoken, more time."""
    text_size: int = 0
    """0 … `TEXT_SIZES` - 1."""
    high_contrast: bool = False
    low_reach: bool = False
    """Everything that is touched lies in the part of the screen that a hand reaches from a wheelchair."""
    spoken: bool = False
    still: bool = False
    """Nothing moves by itself."""
    size_before: int = 0
    """The text size that leaving elder mode gives back."""
    spoken_before: bool = False
    """Whether screens were spoken before elder mode."""


AT_FIRST = Ease()
"""As everybody meets the screens."""


def elder(ease: Ease, *, on: bool) -> Ease:
    """Turn elder mode on as one choice, or off: then size and voice are as they were before it."""
    if on == ease.elder:
        return ease
    if on:
        return replace(
            ease,
            elder=True,
            text_size=max(ease.text_size, ELDER_TEXT_SIZE),
            spoken=True,
            size_before=ease.text_size,
            spoken_before=ease.spoken,
        )
    return replace(
        ease,
        elder=False,
        text_size=ease.size_before,
        spoken=ease.spoken_before,
        size_before=0,
        spoken_before=False,
    )


def sized(ease: Ease, text_size: int) -> Ease:
    """Take one of the text sizes, the nearest there is. One that elder mode does not have ends elder mode."""
    size = min(max(text_size, 0), TEXT_SIZES - 1)
    if ease.elder and size < ELDER_TEXT_SIZE:
        ease = elder(ease, on=False)
    return replace(ease, text_size=size)
