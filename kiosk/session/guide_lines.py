"""What is known of a matter that is done elsewhere, line by line: the same on screen and on paper; pure."""

from __future__ import annotations

from collections.abc import Iterator

from config.item_basics import Text
from config.listing import Listing, Name
from kiosk.session.hall import Hall
from printing.guide import GuideSlip

Line = tuple[Text, Text]
"""Label and value."""

_WHO = Text(zh="谁来办", en="Who does it")
_WHERE = Text(zh="在哪里", en="Where")
_WHEN = Text(zh="什么时间", en="When")
_PHONE = Text(zh="电话", en="Telephone")
_BRING = Text(zh="要带什么", en="What to bring")
_NOTHING = Text(zh="不用带材料", en="Nothing")
_TIME = Text(zh="多久办好", en="How long")
_AT_ONCE = Text(zh="当场办", en="At once")
_LATER = Text(zh="要等些日子，几天请问窗口", en="It takes some days; the counter says how many")
_FLOOR = Text(zh="{}楼", en="floor {}")
_NUMBER = Text(zh="{}号窗口", en="counter {}")


def guide_lines(listing: Listing, hall: Hall) -> tuple[Line, ...]:
    """Everything that is known; what nobody has said has no line."""
    return tuple(_lines(listing, hall))


def guide_slip(listing: Listing, hall: Hall, *, large: bool = False) -> GuideSlip:
    """The same as a slip."""
    base = hall.district.guide_url
    return GuideSlip(
        terminal_id=hall.terminal_id,
        hall_name=_by_language(hall.name),
        hall_phone=hall.phone,
        title=_by_language(_both(listing.plain)),
        name=_by_language(_both(listing.name)),
        lines=tuple(
            (_by_language(label), _by_language(value)) for label, value in guide_lines(listing, hall)
        ),
        code=listing.item_code,
        url=None if base is None else f"{base}/guide/{listing.id}",
        printed_on=hall.today,
        large=large,
    )


def _lines(listing: Listing, hall: Hall) -> Iterator[Line]:
    place = hall.district.place(listing)
    if listing.bring is not None:
        yield _BRING, _listed(listing.bring) if listing.bring else _NOTHING
    yield _WHO, _both(place.department.name)
    window = place.window
    if window is not None:
        parts = [_both(window.name)]
        if window.place is not None:
            parts.insert(0, _both(window.place))
        if window.floor is not None:
            parts.append(_filled(_FLOOR, window.floor))
        if window.number is not None:
            parts.append(_filled(_NUMBER, window.number))
        yield _WHERE, Text(zh=" ".join(part.zh for part in parts), en=", ".join(part.en for part in parts))
    if place.hours is not None:
        yield _WHEN, place.hours.words()
    if place.phone is not None:
        yield _PHONE, Text(zh=place.phone, en=place.phone)
    if listing.case_type is not None:
        yield _TIME, _AT_ONCE if listing.case_type == "instant" else _LATER


def _listed(papers: tuple[Name, ...]) -> Text:
    return Text(zh="\n".join(paper.zh for paper in papers), en="\n".join(paper("en") for paper in papers))


def _filled(text: Text, value: object) -> Text:
    return Text(zh=text.zh.format(value), en=text.en.format(value))


def _both(name: Name) -> Text:
    return Text(zh=name.zh, en=name("en"))


def _by_language(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
