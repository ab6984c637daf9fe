"""What is known of a matter that goes to a counter, line by line: the same on screen and on paper; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from config.item import DOCUMENT, Elsewhere, Equals, Item, Material, Text, Window
from config.listing import Listing, Name
from kiosk.session.hall import Hall, Obstacle
from kiosk.session.stages import GuidePage
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
_OR = Text(zh="，或", en=", or ")
_IN_SOME_CASES = Text(zh="视情况：{}", en="In some cases: {}")

_NO_CARD = Text(
    zh="没带身份证，本机办不了。带上身份证再来就可以；来不及的，先问窗口能不能用别的证件。",
    en="Without your identity card it cannot be done at the terminal. Come back with it; or ask the counter "
    "whether another document will do.",
)
_NOT_NOW = Text(
    zh="{}，{}，这件事在本机没能办。请按下面的方式办理。这张纸不是收件凭条，不算已经申请。",
    en="{}: it could not be done at this terminal, because {}. Here is how it is done. This is no slip of "
    "receipt; nothing has been applied for.",
)
_BECAUSE: Mapping[Obstacle, Text] = {
    Obstacle.OFFLINE_FORBIDDEN: Text(zh="网络不通", en="the network was down"),
    Obstacle.NO_READER: Text(zh="读卡器不能用", en="the card reader did not work"),
    Obstacle.NO_SCANNER: Text(zh="扫码器不能用", en="the scanner did not work"),
    Obstacle.NO_DOCUMENT_CAMERA: Text(zh="高拍仪不能用", en="the document camera did not work"),
    Obstacle.KEEPS_NO_MORE: Text(zh="本机暂时不收新的申请", en="it took no new applications"),
    Obstacle.NO_KEY: Text(zh="本机暂时不能安全地提交申请", en="it could not send anything safely"),
    Obstacle.WITHDRAWN: Text(zh="这件事暂时停办", en="the matter is suspended"),
    Obstacle.NOT_OFFERED: Text(zh="本机不办这件事", en="it does not do this"),
    Obstacle.NOT_ON_THIS_TERMINAL_YET: Text(zh="本机还办不完这件事", en="it cannot finish this yet"),
}


def guide_lines(page: GuidePage, hall: Hall) -> tuple[Line, ...]:
    """Everything that is known; what nobody has said has no line."""
    if isinstance(page.matter, Item):
        return tuple(_lines_of_item(page.matter, page.why))
    return tuple(_lines(page.matter, hall))


def guide_slip(page: GuidePage, hall: Hall, now: datetime) -> GuideSlip:
    """The same as a slip; of what could not be done `now`, with the moment and the reason."""
    matter = page.matter
    return GuideSlip(
        terminal_id=hall.terminal_id,
        hall_name=_by_language(hall.name),
        hall_phone=hall.phone,
        title=_by_language(matter.title if isinstance(matter, Item) else _both(matter.plain)),
        name=_by_language(matter.name if isinstance(matter, Item) else _both(matter.name)),
        notice=None if page.why is None else _by_language(_notice(page.why, now)),
        lines=tuple((_by_language(label), _by_language(value)) for label, value in guide_lines(page, hall)),
        code=matter.item_code,
        url=guide_url(matter, hall),
        printed_on=hall.today,
    )


def guide_url(matter: Listing | Item, hall: Hall) -> str | None:
    """Where the guide of a matter that is done elsewhere goes on by telephone."""
    base = hall.district.guide_url
    return None if base is None or isinstance(matter, Item) else f"{base}/guide/{matter.id}"


def _notice(why: Obstacle | Window | Elsewhere, now: datetime) -> Text:
    match why:
        case Window(why=reason) | Elsewhere(window=Window(why=reason)):
            return reason
        case Obstacle.NO_CARD:
            return _NO_CARD
        case _:
            because = _BECAUSE[why]
            return Text(
                zh=_NOT_NOW.zh.format(f"{now.year}年{now.month}月{now.day}日 {now:%H:%M}", because.zh),
                en=_NOT_NOW.en.format(f"{now:%Y-%m-%d %H:%M}", because.en),
            )


def _lines_of_item(item: Item, why: Obstacle | Window | Elsewhere | None) -> Iterator[Line]:
    office = item.office
    match why:
        case Window(bring=papers):
            pass
        case Elsewhere(window=Window(bring=papers), office=other):
            office = other or office
        case _:
            papers = _in_hand(item)
    if papers:
        yield _BRING, _one_a_line(papers)
    yield _WHO, office.department
    yield _WHERE, office.window
    yield _WHEN, office.hours
    yield _PHONE, _same(office.phone)
    if why is Obstacle.NO_CARD:
        for each in item.elsewhere:
            counter = () if each.office is None else (each.office.window, _same(each.office.phone))
            yield each.holders, _one_a_line((each.window.why, *counter))


def _one_a_line(texts: tuple[Text, ...]) -> Text:
    return Text(zh="\n".join(each.zh for each in texts), en="\n".join(each.en for each in texts))


def _same(words: str) -> Text:
    return Text(zh=words, en=words)


def _in_hand(item: Item) -> tuple[Text, ...]:
    """The papers that a person has themselves; documents that can stand for each other share a line."""
    documents = [each.name for each in item.materials if _is_document(each)]
    papers = [each for each in item.materials if each.obtained in {"chip", "scan"} and not _is_document(each)]
    named = [each.name if each.relevant is None else _filled(_IN_SOME_CASES, each.name) for each in papers]
    if not documents:
        return tuple(named)
    either = Text(
        zh=_OR.zh.join(each.zh for each in documents), en=_OR.en.join(each.en for each in documents)
    )
    return (either, *named)


def _is_document(material: Material) -> bool:
    return isinstance(material.relevant, Equals) and material.relevant.field == DOCUMENT


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


def _filled(text: Text, value: Text | int | str) -> Text:
    zh, en = (value.zh, value.en) if isinstance(value, Text) else (value, value)
    return Text(zh=text.zh.format(zh), en=text.en.format(en))


def _both(name: Name) -> Text:
    return Text(zh=name.zh, en=name("en"))


def _by_language(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
