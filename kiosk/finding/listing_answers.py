"""What a guide-level entry, and the file of its department, state to each plain question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from config.district import Place
from config.item_basics import Basis, Text
from config.listing import Listing
from kiosk.finding.question_patterns import Topic
from kiosk.finding.stated import Stated, joined, listed

_NOT_HERE: Final = Text(zh="这件事本机不办。", en="This is not done at this terminal.")
_CASE: Final[Mapping[str, Text]] = {
    "instant": Text(zh="当场办好（即办件）。", en="It is done at once."),
    "promised": Text(zh="不是当场办好的（承诺件）。", en="It is not done at once."),
}
_BY_PHONE: Final[Mapping[str, Text]] = {
    "appointment": Text(zh="可以先打电话预约", en="You can make an appointment by telephone"),
    "enquiry_print": Text(zh="可以打电话问到结果", en="You can get your answer by telephone"),
}


def listing_states(topic: Topic, listing: Listing, place: Place | None) -> Stated | None:
    """Its facts; None where nobody has stated anything to `topic`. Cost, and who must come, no list says."""
    basis = () if listing.basis is None else (listing.basis,)
    match topic:
        case "materials":
            return _materials(listing, basis)
        case "time" if listing.case_type is not None:
            case = listing.case_type
            return Stated(_CASE[case], ("case_type",), basis, whole=case == "instant")
        case "where":
            return _where(place)
        case "hours" if place is not None and place.hours is not None:
            own = place.window is not None and place.window.hours is not None
            words = place.hours.words()
            text = Text(zh=f"{words.zh}。", en=f"{words.en}.")
            return Stated(text, ("window.hours" if own else "hours",))
        case "phone" if place is not None and place.phone is not None:
            text = Text(zh=f"电话 {place.phone}。", en=f"Telephone {place.phone}.")
            return Stated(text, (_phone_field(place),))
        case "here":
            return _here(listing, place)
        case _:
            return None


def counter(place: Place) -> Text:
    """One counter with its department, as the object of a sentence."""
    return Text(zh=_counter(place, "zh"), en=_counter(place, "en"))


def _counter(place: Place, language: str) -> str:
    department, window = place.department.name(language), place.window
    if window is None:
        return department
    details = [department]
    if window.floor is not None:
        details.append(f"floor {window.floor}" if language == "en" else f"{window.floor} 楼")
    if window.number is not None:
        details.append(f"no. {window.number}" if language == "en" else f"{window.number} 号")
    if window.place is not None:
        details.append(window.place(language))
    if language == "en":
        return f"{window.name(language)} ({', '.join(details)})"
    return f"{window.name(language)}（{'，'.join(details)}）"


def _materials(listing: Listing, basis: tuple[Basis, ...]) -> Stated | None:
    if listing.bring is None:
        return None
    if not listing.bring:
        return Stated(Text(zh="什么也不用带。", en="There is nothing to bring."), ("bring",), basis)
    papers = (Text(zh=paper("zh"), en=paper("en")) for paper in listing.bring)
    text = listed(Text(zh="请带", en="Please bring"), papers)
    return Stated(text, tuple(f"bring.{number}" for number in range(len(listing.bring))), basis)


def _where(place: Place | None) -> Stated | None:
    if place is None:
        return None
    at = counter(place)
    fields = ["department.name"]
    if place.window is not None:
        fields += [
            f"window.{name}"
            for name in ("name", "floor", "number", "place")
            if getattr(place.window, name) is not None
        ]
    return Stated(Text(zh=f"请到{at.zh}。", en=f"Please go to {at.en}."), tuple(fields))


def _here(listing: Listing, place: Place | None) -> Stated:
    """That it is a guide-level entry is the fact."""
    parts, fields = [_NOT_HERE], ["id"]
    where = _where(place)
    if where is not None:
        parts.append(where.text)
        fields += where.fields
    call = _BY_PHONE.get(listing.depth or "")
    if call is not None and place is not None and place.phone is not None:
        parts.append(Text(zh=f"{call.zh}：{place.phone}。", en=f"{call.en}: {place.phone}."))
        fields += ["depth", _phone_field(place)]
    return Stated(joined(parts), tuple(fields))


def _phone_field(place: Place) -> str:
    if place.window is not None and place.window.phone is not None:
        return "window.phone"
    return "phone" if place.department.phone is None else "department.phone"
