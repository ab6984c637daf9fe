"""The verbs of a written scene that wait for something, or check it: status, platform, record, slip, words.

What the terminal says of itself comes from its control socket; what arrived comes from the platform; what is
on paper comes from the printer.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bench.paper import says
from bench.people import Person
from bench.scene import Photograph, StepFailed
from bench.stage import Act, Stage, masked
from bench.verb_values import BadValue, one_of, text, texts
from central_platform import records
from kiosk.terminal.control import NoTerminal, ask

PATIENCE_S = 20.0
"""How long something that happens by itself may take: a delivery, a slip, a fresh session."""

POLL_S = 0.1

_STATES: Mapping[str, Callable[[dict[str, Any]], bool]] = {
    "online": lambda status: status["reach"] == "online",
    "offline": lambda status: status["reach"] == "offline",
    "queue_empty": lambda status: status["queue"]["kept"] == 0,
    "standby": lambda status: any(seat["state"] == "standby" for seat in status["sessions"]),
}


def waits_for(value: object) -> Act:
    """A state of the terminal, as the technician's status says it, or a slip."""
    what = one_of(*_STATES, "slip")(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph

        async def there() -> bool:
            if what == "slip":
                return bool(stage.slips())
            try:
                return _STATES[what](await asyncio.to_thread(ask, stage.hall.runtime_dir, "status"))
            except NoTerminal:
                return False

        await _becomes(there, f"{what} did not come within {PATIENCE_S:g} s")

    return act


def platform_has(value: object) -> Act:
    """So many applications, counted since the scene began."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadValue("a number of applications is needed, counted since the scene began")

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        ids: list[str] = []

        async def there() -> bool:
            ids[:] = await asyncio.to_thread(records.all_ids, stage.hall.platform_dir)
            return len(ids) - stage.had >= value

        await _becomes(there, f"the platform has fewer than {value} new applications")
        if len(ids) - stage.had != value:
            raise StepFailed(f"the platform has {len(ids) - stage.had} new applications, not {value}")

    return act


def record_says(value: object) -> Act:
    """Fields of the applicant in the newest application, as the platform decrypts it."""
    if not isinstance(value, Mapping) or not value:
        raise BadValue('fields of the applicant are needed, as in {name: "{name}"}')
    expected = {str(key): text(words) for key, words in value.items()}

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        ids = await asyncio.to_thread(records.all_ids, stage.hall.platform_dir)
        if not ids:
            raise StepFailed("the platform has no application")
        record = await asyncio.to_thread(records.decrypted, stage.hall.platform_dir, ids[-1])
        applicant = record["parties"][0]
        for key, words in expected.items():
            # Code point for code point: two names that look alike are not the same name.
            if applicant.get(key) != stage.filled(words):
                raise StepFailed(f"the record's {key} is {applicant.get(key)!r}, not {stage.filled(words)!r}")

    return act


def slip_says(value: object) -> Act:
    """Words on this person's newest slip, as text or drawn."""
    return _about_slip(texts(value), wanted=True)


def slip_does_not_say(value: object) -> Act:
    """Words that are not on it."""
    return _about_slip(texts(value), wanted=False)


def _about_slip(lines: list[str], *, wanted: bool) -> Act:
    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph

        async def there() -> bool:
            return bool(stage.slips())

        await _becomes(there, f"no slip came out within {PATIENCE_S:g} s")
        slip = stage.slips()[-1]
        for words in map(stage.filled, lines):
            if await asyncio.to_thread(says, slip, words) is not wanted:
                raise StepFailed(f"“{words}” is {'not ' if wanted else ''}on the slip")

    return act


def differs_for_nobody(value: object) -> Act:
    """Screen or slip is what the person before had, but for names and digits."""
    what = one_of("screen", "slip")(value)
    place = object()

    async def act(stage: Stage, photograph: Photograph) -> None:
        if what == "screen":
            words = await stage.citizen.what_is_there()
            await photograph()
        else:
            words = stage.slips()[-1].text.splitlines() if stage.slips() else ["(no slip)"]
        look = [_impersonal(line, stage.person) for line in words]
        before = stage.looks.setdefault(f"{id(place)}", look)
        if look != before:
            other = sorted(set(look) ^ set(before))
            raise StepFailed(f"the {what} differs from the one that the person before had: {other}")

    return act


def _impersonal(line: str, person: Person) -> str:
    """A line without what must differ: the person's own name, numbers, times."""
    for own in (person.name, masked(person.name)):
        line = line.replace(own, "NAME")
    return re.sub(r"\d", "0", line)


async def _becomes(there: Callable[[], Awaitable[bool]], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not await there():
        if time.monotonic() > deadline:
            raise StepFailed(otherwise)
        await asyncio.sleep(POLL_S)
