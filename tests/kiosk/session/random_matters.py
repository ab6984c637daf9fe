"""Matters drawn from the schema: situations, nested conditions, lookups, prefills, papers, parties, members.

Everything a drawn condition, prefill or need refers to is known by then, as in every file that loads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from config.item import Item
from config.joint_items import joined

TEXT = {"zh": "字", "en": "word"}
BASIS = {"source": "invented", "verified": False}
WINDOW = {"why": TEXT, "bring": [TEXT]}
SHARED = {"id": "shared", "kind": "text", "label": TEXT, "ask": TEXT}
"""Asked once where several members of a joint matter ask it."""


@dataclass
class _Known:
    """What can be referred to so far."""

    values: dict[str, list[str]] = field(default_factory=dict)
    """Choices and facts that are choices, with their values that go on."""
    kinds: dict[str, list[str]] = field(default_factory=dict)
    """Ids of earlier questions and facts, by kind."""

    def add(self, name: str, kind: str, values: Sequence[str] = ()) -> None:
        self.kinds.setdefault(kind, []).append(name)
        if values:
            self.values[name] = list(values)


@dataclass(frozen=True)
class Drawn:
    """A matter that does not say itself: what is drawn is said, and more than 30 kB is a warning.

    As an error that warning ends the run in the midst of a failing example, and hides why it fails.
    """

    item: Item = field(repr=False)


@st.composite
def matters(draw: st.DrawFn) -> Drawn:
    """A whole matter; sometimes one that is only shown, sometimes a joint one."""
    if draw(st.integers(0, 2)) == 0:
        members = [_plain(draw, f"m{n}", most=2) for n in range(draw(st.integers(1, 3)))]
        own = _plain(draw, "own", most=2)
        choices = {
            asked["id"]: [each["value"] for each in asked["options"] if "window" not in each]
            for asked in own["situations"]
        }
        known = _Known(values=choices)
        own["members"] = [
            {
                "item": member["id"],
                "relevant": _condition(draw, known),
                "left_out": [{"relevant": _condition(draw, known), "why": TEXT}] if choices else [],
            }
            for member in members
        ]
        for member in own["members"]:
            member["left_out"] = [each for each in member["left_out"] if each["relevant"] is not None]
        items = {each["id"]: Item.model_validate(each) for each in members}
        return Drawn(joined(Item.model_validate(own), items))
    return Drawn(Item.model_validate(_plain(draw, "own")))


def _plain(draw: st.DrawFn, prefix: str, most: int = 6) -> dict[str, Any]:
    known = _Known()
    situations = [_choice(draw, f"{prefix}_s{n}", known) for n in range(draw(st.integers(0, 3)))]
    lookups = [_lookup(draw, f"{prefix}_l{n}", known, situations) for n in range(draw(st.integers(0, 3)))]
    amounts = list(known.kinds.get("amount", []))
    calculations = [_calculation(draw, f"{prefix}_c{n}", amounts) for n in range(draw(st.integers(0, 2)))]
    fields = [
        _field(draw, f"{prefix}_f{n}", known, [each["id"] for each in calculations])
        for n in range(draw(st.integers(0, most)))
    ]
    if draw(st.booleans()):
        fields.append({**SHARED, "relevant": _condition(draw, known)})
    parties = [_party(draw, f"{prefix}_p{n}", known) for n in range(draw(st.integers(0, 2)))]
    shown = [each["id"] for each in lookups if draw(st.booleans())]
    return {
        **_FIXED,
        "id": prefix,
        "situations": situations,
        "lookups": lookups,
        "calculations": calculations,
        "fields": fields,
        "parties": parties,
        "agreements": [
            {"id": f"{prefix}_a", "name": TEXT, "text": TEXT, "relevant": _condition(draw, known)}
        ],
        "materials": [
            {
                "id": f"{prefix}_m", "name": TEXT, "obtained": "generated", "trust": "D",
                "relevant": _condition(draw, known),
            },
            *(
                {"id": each["material"], "name": TEXT, "obtained": "scan", "trust": "C"}
                for each in fields
                if each["kind"] == "capture"
            ),
        ],
        "under_14": draw(st.sampled_from(["guardian", "window"])),
        "flow": _flow(draw, shown),
    }  # fmt: skip


def _flow(draw: st.DrawFn, shown: list[str]) -> list[dict[str, str]]:
    asking = [{"kind": kind} for kind in ("situations", "licences", "form", "materials")]
    for lookup in shown:
        asking.insert(draw(st.integers(1, len(asking))), {"kind": "enquire", "lookup": lookup})
    if shown and draw(st.integers(0, 1)) == 0:
        last = {"kind": "enquire", "lookup": shown[-1]}
        asking = [step for step in asking if step != last]
        return [*asking, last, {"kind": "print_enquiry"}]
    return [*asking, *({"kind": kind} for kind in ("parties", "confirm", "sign", "deliver"))]


def _choice(draw: st.DrawFn, name: str, known: _Known, relevant: Any = None) -> dict[str, Any]:
    count = draw(st.integers(2, 4))
    values = [f"v{n}" for n in range(count)]
    dead = draw(st.sets(st.sampled_from(values), max_size=count - 1))
    known.add(name, "choice", [value for value in values if value not in dead])
    return {
        "id": name, "kind": "choice", "label": TEXT, "ask": TEXT, "relevant": relevant,
        "options": [
            {
                "value": value, "label": {"zh": value, "en": value},
                **({"window": WINDOW} if value in dead else {}),
            }
            for value in values
        ],
    }  # fmt: skip


def _lookup(draw: st.DrawFn, name: str, known: _Known, situations: list[dict[str, Any]]) -> dict[str, Any]:
    choices = [each["id"] for each in situations]
    relevant = _condition(draw, known)
    needs = draw(st.sets(st.sampled_from(choices), max_size=2)) if choices else set()
    facts = []
    for number in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["text", "date", "amount", "choice"]))
        fact = f"{name}_{number}"
        values = ["v0", "v1"] if kind == "choice" else []
        known.add(fact, kind, values)
        options = [{"value": value, "label": TEXT} for value in values]
        facts.append({"id": fact, "kind": kind, "label": TEXT, "options": options})
    ends = draw(st.integers(0, 4)) == 0
    return {
        "id": name, "data": "some.data", "name": TEXT, "holder": TEXT, "basis": BASIS,
        "needs": sorted(needs), "relevant": relevant, "facts": facts,
        "missing": "window" if ends else "ask", "window": WINDOW if ends else None,
    }  # fmt: skip


def _field(draw: st.DrawFn, name: str, known: _Known, calculations: list[str]) -> dict[str, Any]:
    relevant = _condition(draw, known)
    kind = draw(st.sampled_from(_FIELDS))
    if kind == "choice":
        return _choice(draw, name, known, relevant)
    if kind in _PAPERS:
        paper = {"id": name, "kind": kind, "label": TEXT, "ask": TEXT, "where": TEXT, "relevant": relevant}
        own = {"material": f"{name}_paper", "window": WINDOW} if kind == "capture" else CODE
        return {**paper, **own}
    kinds: dict[str, dict[str, Any]] = {
        "number": {"decimals": 2, "at_most_calculated": _maybe(draw, calculations)},
        "code": {"pattern": "[0-9]{6}", "example": "123456", "where": TEXT},
    }
    answered = known.kinds.get(f"field {kind}", [])
    told = known.kinds.get({"number": "amount"}.get(kind, kind), [])
    sources: list[dict[str, str]] = [
        *({"answer": each} for each in answered),
        *({"fact": each} for each in told),
        *({"card": each} for each in _OF_CARD.get(kind, ())),
    ]
    known.add(name, f"field {kind}")
    wanted = bool(draw(st.booleans()))
    prefill = draw(st.sampled_from(sources)) if sources and wanted else None
    return {
        "id": name, "kind": kind, "label": TEXT, "ask": TEXT, "relevant": relevant, "prefill": prefill,
        **kinds.get(kind, {}),
    }  # fmt: skip


_FIELDS = ("text", "mobile", "date", "address", "number", "code", "citizen_id", "choice", "scan", "capture")
_PAPERS = {"scan", "capture"}
CODE = {"code": "plain", "pattern": "[0-9]{8}", "typed": TEXT}
_OF_CARD = {"text": ("name", "address"), "date": ("birth",)}


def _calculation(draw: st.DrawFn, name: str, amounts: list[str]) -> dict[str, Any]:
    return {"id": name, "label": TEXT, "formula": TEXT, "amount": _amount(draw, amounts)}


def _amount(draw: st.DrawFn, amounts: list[str], depth: int = 2) -> dict[str, Any]:
    # Not `st.recursive`: at every draw that reads the source of its function anew, and gives up where the
    # file has changed meanwhile.
    leaves = ["value", "of"] if amounts else ["value"]
    form = draw(st.sampled_from([*leaves, *(("least", "total", "less", "share") if depth else ())]))
    if form == "value":
        return {"value": draw(st.sampled_from(["300000", "0.5"]))}
    if form == "of":
        return {"of": draw(st.sampled_from(amounts))}
    terms = 2 if form == "share" else draw(st.integers(2, 3))
    return {form: [_amount(draw, amounts, depth - 1) for _ in range(terms)]}


def _party(draw: st.DrawFn, name: str, known: _Known) -> dict[str, Any]:
    return {
        "id": name, "role": "co_signatory", "name": TEXT, "reason": TEXT, "later": TEXT,
        "signs": draw(st.sampled_from(["here_or_later", "later"])), "relevant": _condition(draw, known),
    }  # fmt: skip


def _condition(draw: st.DrawFn, known: _Known, depth: int = 2) -> Any:
    if draw(st.integers(0, 2)) == 0:
        return None
    return _some(draw, known, depth)


def _some(draw: st.DrawFn, known: _Known, depth: int) -> Any:
    form = draw(st.sampled_from(["equals", "all_of", "any_of", "none_of"] if depth else ["equals"]))
    if form != "equals":
        return {form: [_some(draw, known, depth - 1) for _ in range(draw(st.integers(1, 2)))]}
    fields = [*known.values, "document"]
    name = draw(st.sampled_from(fields))
    values = known.values.get(name, ["resident"])
    return {"field": name, "values": sorted(draw(st.sets(st.sampled_from(values), min_size=1)))}


def _maybe(draw: st.DrawFn, choices: list[str]) -> str | None:
    wanted = bool(draw(st.booleans()))
    return draw(st.sampled_from(choices)) if choices and wanted else None


_FIXED: dict[str, Any] = {
    "version": "1", "item_code": None, "name": TEXT, "title": TEXT, "summary": TEXT,
    "audience": "natural_person", "depth": "application", "case_type": "promised",
    "office": {"department": TEXT, "window": TEXT, "hours": TEXT, "phone": "0571-00000000"},
    "time": {"statutory_days": 3, "promised_days": 3, "basis": BASIS},
    "fee": {"yuan": 0, "basis": BASIS},
    "offline": {"policy": "keep_with_notice", "max_age_days": 3},
    "assurance_level": "card_and_face", "confidential_result": False,
    "card_fields": [{"fact": "name", "label": TEXT}], "declaration": TEXT, "next_steps": TEXT,
}  # fmt: skip
