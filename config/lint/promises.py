"""Findings about what a matter promises: secrecy, waiting, offline, what is not known or not checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

from config.item import Basis, Item
from config.item_flow import NOT_YET, Enquire, Pay
from config.lint.report import Lint
from config.plain import Loc

_GUIDE: Final = ("level", "handling_scope", "visits", "retention", "item_code", "complaint_phone")
_GROUPS: Final = ("results", "life_events", "themes", "basis")


def about_promises(item: Item) -> Iterator[Lint]:
    """Everything about the promises of `item`."""
    yield from _confidential(item)
    yield from _offline(item)
    yield from _time(item)
    yield from _flow(item)
    for key in (*_GUIDE, *_GROUPS):
        if getattr(item, key) in (None, ()):
            yield Lint("nothing-said", (key,), f"{key}: nobody has said it")
    for loc, basis in _bases(item, ()):
        if not basis.verified:
            yield Lint("not-verified", (*loc, "verified"), f"nobody has checked: {basis.source}")


def _confidential(item: Item) -> Iterator[Lint]:
    secret = [result for result in item.results if result.confidential]
    if item.results and item.confidential_result != bool(secret):
        what = "no result is" if item.confidential_result else f'"{secret[0].id}" is'
        says = str(item.confidential_result).lower()
        yield Lint("confidential-unequal", ("confidential_result",), f"says {says}, and {what} confidential")
    for position, result in enumerate(item.results):
        ways = {each.delivered for each in item.results}
        if result.confidential and len(ways) > 1:
            where: Loc = ("results", position, "delivered")
            yield Lint(
                "confidential-unequal", where, f'"{result.id}" is delivered in another way than the rest'
            )
    if item.confidential_result and item.case_type == "instant" and item.time.statutory_days:
        yield Lint("confidential-timed", ("case_type",), "a result at once tells who has to wait")


def _offline(item: Item) -> Iterator[Lint]:
    offline = item.offline
    if offline.policy == "forbidden":
        return
    where: Loc = ("offline", "policy")
    for lookup in item.lookups:
        if lookup.missing == "window":
            why = f'"{lookup.id}" must be told, and only the platform can tell it'
            yield Lint("must-be-online", where, why)
    for step in item.flow:
        if isinstance(step, Pay | Enquire):
            yield Lint("must-be-online", where, f'the step "{step.kind}" needs the platform')
    days = item.time.promised_days
    if offline.max_age_days is not None and offline.max_age_days > max(days, 7):
        why = f"may wait {offline.max_age_days} days here, and {days} working days are promised"
        yield Lint("kept-long", ("offline", "max_age_days"), why)


def _time(item: Item) -> Iterator[Lint]:
    at_once = item.time.promised_days == 0
    if at_once != (item.case_type == "instant"):
        days = item.time.promised_days
        yield Lint("time-contradicts", ("case_type",), f"says {item.case_type}, and promised are {days} days")


def _flow(item: Item) -> Iterator[Lint]:
    kinds = [step.kind for step in item.flow]
    wanted = {"enquiry_print": "enquire", "application": "deliver", "appointment": "deliver"}.get(item.depth)
    if wanted is not None and wanted not in kinds:
        yield Lint("flow-contradicts", ("depth",), f'says {item.depth}, and flow has no step "{wanted}"')
    for position, step in enumerate(item.flow):
        if step.kind in NOT_YET:
            why = f'no terminal of this version can do the step "{step.kind}"'
            yield Lint("not-on-this-terminal", ("flow", position), why)


def _bases(value: Any, loc: Loc) -> Iterator[tuple[Loc, Basis]]:
    if isinstance(value, Basis):
        yield loc, value
    elif isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from _bases(getattr(value, key), (*loc, key))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _bases(inner, (*loc, position))
