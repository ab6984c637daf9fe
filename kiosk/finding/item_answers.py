"""What the service file of a matter states to each plain question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, assert_never

from config.item import DOCUMENT, Equals, Item, Material, Office, Text
from kiosk.finding.question_patterns import Topic
from kiosk.finding.stated import Stated, joined, listed


def item_states(topic: Topic, item: Item) -> Stated | None:
    """Its facts; None where it states nothing to `topic`."""
    match topic:
        case "materials":
            return _materials(item)
        case "time":
            return _time(item)
        case "fee":
            return _fee(item)
        case "where":
            return _where(item)
        case "hours":
            text = Text(
                zh=f"{item.office.window.zh}：{item.office.hours.zh}。",
                en=f"{item.office.window.en}: {item.office.hours.en}.",
            )
            return Stated(text, ("office.window", "office.hours"))
        case "phone":
            text = Text(
                zh=f"{item.office.window.zh}，电话 {item.office.phone}。",
                en=f"{item.office.window.en}: telephone {item.office.phone}.",
            )
            return Stated(text, ("office.window", "office.phone"))
        case "in_person":
            return _in_person(item)
        case "online":
            text, field = _terminal(item)
            return Stated(text, (field,), whole=False)
        case "here":
            return _here(item)
        case _:
            assert_never(topic)


def counter(office: Office) -> Text:
    """One counter with its department, as the object of a sentence."""
    return Text(
        zh=f"{office.window.zh}（{office.department.zh}）", en=f"{office.window.en} ({office.department.en})"
    )


# ---- what to bring ---------------------------------------------------------------------------------------

_OBTAINED: Final[tuple[tuple[frozenset[str], Text], ...]] = (
    (frozenset({"chip", "scan"}), Text(zh="请带", en="Please bring")),
    (frozenset({"generated"}), Text(zh="在本机填好", en="Filled in at this terminal")),
    (
        frozenset({"e_licence", "data_sharing"}),
        Text(zh="不用带，由系统调取", en="Not to bring, for the system fetches it"),
    ),
    (
        frozenset({"commitment"}),
        Text(zh="不用带，您承诺属实就行", en="Not to bring, for your word is enough"),
    ),
)


def _materials(item: Item) -> Stated | None:
    if not item.materials:
        return None
    parts = []
    for ways, head in _OBTAINED:
        named = [_named(material) for material in item.materials if material.obtained in ways]
        if named:
            parts.append(listed(head, named))
    fields = tuple(f"materials.{place}.name" for place in range(len(item.materials)))
    return Stated(joined(parts), fields, item.basis)


def _named(material: Material) -> Text:
    """With a word about those whom it does not concern: what their answers would be is not known here."""
    match material.relevant:
        case None:
            return material.name
        case Equals(field=field) if field == DOCUMENT:
            return Text(zh=f"{material.name.zh}（有这种证件的）", en=f"{material.name.en} (if that is yours)")
        case _:
            return Text(zh=f"{material.name.zh}（有的情况才要）", en=f"{material.name.en} (in some cases)")


# ---- how long, how much ----------------------------------------------------------------------------------


def _time(item: Item) -> Stated:
    time = item.time
    fields = ["time.promised_days"]
    if time.promised_days:
        days = "working day" if time.promised_days == 1 else "working days"
        text = Text(zh=f"{time.promised_days} 个工作日以内", en=f"Within {time.promised_days} {days}")
    else:
        text = Text(zh="当场办好", en="At once")
    if time.statutory_days > time.promised_days:
        fields.append("time.statutory_days")
        text = Text(
            zh=f"{text.zh}（规定最长 {time.statutory_days} 个工作日）",
            en=f"{text.en} (by law at most {time.statutory_days})",
        )
    parts = [_sentence(text)]
    if time.note is not None:
        parts.append(time.note)
        fields.append("time.note")
    return Stated(joined(parts), tuple(fields), (time.basis,))


def _fee(item: Item) -> Stated:
    fee = item.fee
    yuan = f"{fee.yuan:.2f}".removesuffix(".00")
    parts = [Text(zh=f"{yuan} 元。", en=f"{yuan} yuan.") if fee.yuan else Text(zh="不收费。", en="Free.")]
    if fee.note is not None:
        parts.append(fee.note)
    fields = ("fee.yuan",) if fee.note is None else ("fee.yuan", "fee.note")
    return Stated(joined(parts), fields, (fee.basis,))


# ---- where, and who --------------------------------------------------------------------------------------

_DEPTH: Final[Mapping[str, Text]] = {
    "guide": Text(zh="本机上只有办事指南。", en="This terminal has only the guide to it."),
    "appointment": Text(zh="在本机可以预约。", en="You can make the appointment at this terminal."),
    "application": Text(zh="在本机可以申请。", en="You can apply at this terminal."),
    "enquiry_print": Text(
        zh="在本机可以查询、打印。", en="You can look it up and print it at this terminal."
    ),
    "concluded_here": Text(zh="在本机可以当场办好。", en="It can be done wholly at this terminal."),
}

_TOGETHER: Final = Text(
    zh="在本机和别的事一起办。", en="At this terminal it is done together with other matters."
)

_YOURSELF: Final[Mapping[str, Text]] = {
    "card": Text(zh="在本机办，要用本人的证件。", en="At this terminal you need your own identity document."),
    "card_and_face": Text(
        zh="在本机办，要本人带证件来，当场核对。",
        en="At this terminal you come yourself, with your identity document, and are checked against it.",
    ),
    "card_and_fingerprint": Text(
        zh="在本机办，要本人带证件来，当场核对指纹。",
        en="At this terminal you come yourself, with your identity document; your finger is checked.",
    ),
    "staff_checked": Text(
        zh="在本机办，要本人带证件来，由工作人员核对。",
        en="At this terminal you come yourself, with your identity document, and staff check it.",
    ),
}

FOR_WHOM = "for_whom"
"""The situation in which every service file asks whose matter it is."""


def _terminal(item: Item) -> tuple[Text, str]:
    """What can be done of it at this terminal, and the field that says so."""
    return (_TOGETHER, "only_in_joint") if item.only_in_joint else (_DEPTH[item.depth], "depth")


def _where(item: Item) -> Stated:
    place = counter(item.office)
    window = Text(zh=f"窗口：{place.zh}。", en=f"The counter: {place.en}.")
    text, field = _terminal(item)
    return Stated(joined((text, window)), (field, "office.window", "office.department"))


def _here(item: Item) -> Stated:
    text, field = _terminal(item)
    parts, fields = [text], [field]
    for place, other in enumerate(item.elsewhere):
        parts.append(_pair(other.holders, other.window.why))
        fields += [f"elsewhere.{place}.holders", f"elsewhere.{place}.window.why"]
    return Stated(joined(parts), tuple(fields))


def _in_person(item: Item) -> Stated:
    parts, fields = [_YOURSELF[item.assurance_level]], ["assurance_level"]
    if item.visits is not None:
        times = "once" if item.visits == 1 else f"{item.visits} times"
        parts.append(
            Text(zh=f"窗口要去 {item.visits} 次。", en=f"You go to the counter {times}.")
            if item.visits
            else Text(zh="不用去窗口。", en="You need not go to a counter.")
        )
        fields.append("visits")
    for text, field in (*_of_whom(item), *_of_parties(item)):
        parts.append(text)
        fields.append(field)
    return Stated(joined(parts), tuple(fields), item.basis)


def _of_whom(item: Item) -> Iterator[tuple[Text, str]]:
    """Each answer to "for whom?" that leads to the counter, with the reason."""
    for place, choice in enumerate(item.situations):
        if choice.id != FOR_WHOM:
            continue
        for number, option in enumerate(choice.options):
            if option.window is not None:
                field = f"situations.{place}.options.{number}.window.why"
                yield _pair(option.label, option.window.why), field


def _of_parties(item: Item) -> Iterator[tuple[Text, str]]:
    for place, party in enumerate(item.parties):
        zh, en = ("", "") if party.relevant is None else ("有的情况，", "In some cases, ")
        yield (
            Text(
                zh=f"{zh}{party.name.zh}也要签字：{party.reason.zh}",
                en=f"{en}{party.name.en} signs too: {party.reason.en}",
            ),
            f"parties.{place}.reason",
        )


def _pair(who: Text, why: Text) -> Text:
    return Text(zh=f"{who.zh}：{why.zh}", en=f"{who.en}: {why.en}")


def _sentence(text: Text) -> Text:
    return Text(zh=f"{text.zh}。", en=f"{text.en}.")
