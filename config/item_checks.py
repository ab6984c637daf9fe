"""What is wrong inside one item that its types cannot say: references, defaults, paths that end nowhere.

Pure: an item in, findings out. `config.items` gives each finding its file and line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.item import (
    DOCUMENT,
    CaptureQuestion,
    Choice,
    DateQuestion,
    Equals,
    Item,
    Material,
    MobileQuestion,
    Question,
    ScanQuestion,
    TextQuestion,
)
from config.item_captures import about_capture
from config.item_documents import about_card_fields, about_documents
from config.item_findings import Finding
from config.item_scans import about_scan
from config.plain import Loc, meant

TRUST = {"chip": "A", "e_licence": "A", "scan": "C", "generated": "D"}
"""How far a material is trusted follows from how it is obtained: a scan made here is never better than C."""

_MOBILE_DIGITS = 11


def findings(item: Item) -> Iterator[Finding]:
    """Every mistake, in the order of the checks; none for an item that can be offered."""
    yield from _offline(item)
    if item.time.promised_days > item.time.statutory_days:
        yield Finding(("time", "promised_days"), f"is more than the statutory {item.time.statutory_days}")
    yield from _repeated_ids(item)
    yield from about_documents(item)
    yield from about_card_fields(item)
    earlier: dict[str, Question] = {}
    for loc, question in _located(item):
        yield from _relevance(question.relevant, loc, earlier, item)
        if isinstance(question, Choice):
            yield from _options(question, loc)
        if isinstance(question, ScanQuestion):
            yield from about_scan(question, loc)
        if isinstance(question, CaptureQuestion):
            yield from about_capture(question, loc, item)
        yield from _default(question, loc)
        if isinstance(question, DateQuestion):
            yield from _not_before(question, loc, earlier)
        if question.source == "e_licence" and not isinstance(question, Choice):
            yield Finding((*loc, "source"), "an authorisation is a choice: yes, or the way without it")
        earlier[question.id] = question
    for position, material in enumerate(item.materials):
        yield from _material(material, ("materials", position), earlier, item)


def _located(item: Item) -> Iterator[tuple[Loc, Question]]:
    for position, situation in enumerate(item.situations):
        yield ("situations", position), situation
    for position, field in enumerate(item.fields):
        yield ("fields", position), field


def _offline(item: Item) -> Iterator[Finding]:
    offline = item.offline
    if offline.policy == "forbidden":
        if offline.reason is None:
            yield Finding(("offline", "reason"), "is missing: tell the citizen why, and which way is open")
        if offline.max_age_days is not None:
            yield Finding(("offline", "max_age_days"), "means nothing here: nothing is kept when forbidden")
    else:
        if offline.max_age_days is None:
            yield Finding(("offline", "max_age_days"), "is missing: how many days may it wait here?")
        if offline.reason is not None:
            yield Finding(("offline", "reason"), "means nothing here: it says why keeping is forbidden")


def _not_before(question: DateQuestion, loc: Loc, earlier: Mapping[str, Question]) -> Iterator[Finding]:
    bound = question.not_before
    if bound is None or bound in {"birth", "today"} or isinstance(earlier.get(bound), DateQuestion):
        return
    days = [asked.id for asked in earlier.values() if isinstance(asked, DateQuestion)]
    hint = meant(bound, ["birth", "today", *days])
    yield Finding((*loc, "not_before"), f'"{bound}" is no earlier date question{hint}')


def _repeated_ids(item: Item) -> Iterator[Finding]:
    seen: set[str] = set()
    for loc, question in _located(item):
        if question.id == DOCUMENT:
            yield Finding((*loc, "id"), f'"{DOCUMENT}" stands for the identity document in conditions')
        if question.id in seen:
            yield Finding((*loc, "id"), f'"{question.id}" is already the id of an earlier question')
        seen.add(question.id)
    materials: set[str] = set()
    for position, material in enumerate(item.materials):
        if material.id in materials:
            yield Finding(
                ("materials", position, "id"), f'"{material.id}" is already the id of an earlier material'
            )
        materials.add(material.id)


def _relevance(
    relevant: Equals | None, loc: Loc, earlier: Mapping[str, Question], item: Item
) -> Iterator[Finding]:
    """An earlier choice, and answers that exist and go on: so every question can be reached."""
    if relevant is None:
        return
    if relevant.field == DOCUMENT:
        for position, value in enumerate(relevant.values):
            if value not in item.documents:
                hint = meant(value, item.documents)
                where: Loc = (*loc, "relevant", "values", position)
                yield Finding(where, f'"{value}" is no document that this matter takes{hint}')
        return
    asked = earlier.get(relevant.field)
    field: Loc = (*loc, "relevant", "field")
    if asked is None:
        yield Finding(field, f'"{relevant.field}" is no earlier question{meant(relevant.field, earlier)}')
        return
    if not isinstance(asked, Choice):
        yield Finding(field, f'"{relevant.field}" is no choice; only a choice can decide')
        return
    options = {option.value: option for option in asked.options}
    for position, value in enumerate(relevant.values):
        where = (*loc, "relevant", "values", position)
        if value not in options:
            yield Finding(where, f'"{value}" is no answer of "{asked.id}"{meant(value, options)}')
        elif options[value].window is not None:
            yield Finding(where, f'"{value}" leads to the window, so this would never be asked')
        elif value in relevant.values[:position]:
            yield Finding(where, f'"{value}" is said twice')


def _options(choice: Choice, loc: Loc) -> Iterator[Finding]:
    seen: dict[str, set[str]] = {"value": set(), "zh": set(), "en": set()}
    for position, option in enumerate(choice.options):
        said = {"value": option.value, "zh": option.label.zh, "en": option.label.en}
        for key, text in said.items():
            where: Loc = ("value",) if key == "value" else ("label", key)
            if text in seen[key]:
                yield Finding((*loc, "options", position, *where), f'"{text}" is already an earlier answer')
            seen[key].add(text)
    if all(option.window is not None for option in choice.options):
        yield Finding((*loc, "options"), "every answer leads to the window: nobody could finish")


def _default(question: Question, loc: Loc) -> Iterator[Finding]:
    default = question.default
    if default is None:
        return
    why: str | None
    match question:
        case Choice():
            options = {option.value: option for option in question.options}
            if default not in options:
                why = f'"{default}" is no answer of this question{meant(default, options)}'
            else:
                ends = options[default].window is not None
                why = f'"{default}" leads to the window; it cannot be the default' if ends else None
        case TextQuestion():
            long = len(default) > question.max_length
            why = f"is longer than max_length, {question.max_length}" if long else None
            why = why if default.strip() else "must not be blank"
        case MobileQuestion():
            good = default.isdecimal() and len(default) == _MOBILE_DIGITS
            why = None if good else "is no mobile number of eleven digits"
        case DateQuestion():
            good = default in {"birth", "today"}
            why = None if good else 'must be "birth" or "today"'
            if good and default == "birth" and question.not_before == "today":
                why = 'is before not_before, "today"'
        case ScanQuestion():
            why = "a code is nobody's default"
        case CaptureQuestion():
            why = "a paper is nobody's default"
    if why is not None:
        yield Finding((*loc, "default"), why)


def _material(
    material: Material, loc: Loc, questions: Mapping[str, Question], item: Item
) -> Iterator[Finding]:
    yield from _relevance(material.relevant, loc, questions, item)
    right = TRUST[material.obtained]
    if material.trust != right:
        yield Finding((*loc, "trust"), f'must be {right}: that is what "{material.obtained}" is worth')
    authorised = material.relevant and questions.get(material.relevant.field)
    if material.obtained == "e_licence" and (not authorised or authorised.source != "e_licence"):
        why = "needs an authorisation: make it relevant to a question whose source is e_licence"
        yield Finding((*loc, "obtained"), why)
