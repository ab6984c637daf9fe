"""The comparison: what each citizen was told against what the platform holds in the end. Pure.

lost
    told kept or received, by a screen, a slip or the next welcome, and the platform does not have it
doubled
    one citizen's application twice
told_falsely
    told received before the platform had filed it; told not kept, and it arrived; a number that is another's;
    a slip that claims what is not; a slip said to be printed that is not there, or said not to be that is
seen_later
    something of an earlier citizen on a later screen
stuck
    a citizen before a screen that leads nowhere
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bench.kills.told import Paper, Said

Wrong = Literal["lost", "doubled", "told_falsely", "seen_later", "stuck"]


@dataclass(frozen=True)
class Heard:
    """One claim, and what was so when it was on screen."""

    said: Said
    filed_then: bool
    """Whether the platform had the filing number that was shown (True where none was)."""
    own_slips_then: int
    """Whole slips that had come out for this citizen."""
    after_send: bool
    """Whether this citizen had already touched 签名并提交."""


@dataclass
class Story:
    """One citizen's round as they lived it."""

    number: int
    id_number: str
    secrets: tuple[str, ...]
    """What may be on no later screen: name and number."""
    heard: list[Heard] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    screens: set[str] = field(default_factory=set)
    """Every different text that was on screen."""
    reprinted: bool = False
    stuck_before: str = ""


@dataclass(frozen=True)
class Held:
    """One application at the platform."""

    id_number: str
    local_no: str
    filing_no: str


@dataclass(frozen=True)
class Fault:
    """One thing that must not be."""

    wrong: Wrong
    number: int
    """Of the round."""
    why: str


def judge(stories: Sequence[Story], held: Sequence[Held]) -> list[Fault]:
    """Compare one hall's rounds, in their order, with its platform."""
    faults: list[Fault] = []
    for place, story in enumerate(stories):
        mine = [one for one in held if one.id_number == story.id_number]
        if len(mine) > 1:
            faults.append(Fault("doubled", story.number, f"{len(mine)} applications of one citizen"))
        so_far = {earlier.id_number for earlier in stories[: place + 1]}
        before = [one for one in held if one.id_number in so_far - {story.id_number}]
        findings = [
            *_by_screens(story, mine, before),
            *_by_papers(story, mine),
            *_of_others(story, stories[:place]),
        ]
        faults += [Fault(wrong, story.number, why) for wrong, why in dict.fromkeys(findings)]
        if story.stuck_before:
            faults.append(Fault("stuck", story.number, story.stuck_before))
    return faults


def told_nothing(story: Story) -> bool:
    """Whether nobody told this citizen that there is an application: not a fault, but not nice."""
    words = any(heard.said.claim in {"kept", "received"} for heard in story.heard)
    notice = any(heard.said.claim == "notice" and heard.after_send for heard in story.heard)
    return not words and not notice and not any(paper.local_no for paper in story.papers)


Finding = tuple[Wrong, str]


def _by_screens(story: Story, mine: Sequence[Held], before: Sequence[Held]) -> Iterator[Finding]:
    for heard in story.heard:
        said = heard.said
        match said.claim:
            case "kept" | "received":
                yield from _claimed(f"the screen said {said.claim}", said.local_no, said.filing_no, mine)
                if not heard.filed_then:
                    yield "told_falsely", f"{said.filing_no} was shown before the platform had filed it"
                if said.paper == "printed" and not heard.own_slips_then:
                    yield "told_falsely", "the screen said that the slip is printed, and there was none"
                own_slips = sum(paper.whole for paper in story.papers)
                if said.paper == "not_printed" and own_slips and not story.reprinted:
                    yield "told_falsely", "the screen said that no slip came out, and one did"
            case "not_kept" if mine:
                yield "told_falsely", f"told not kept, and {mine[0].local_no} arrived"
            case "notice":
                newest = max([*before, *(mine if heard.after_send else [])], key=_order, default=None)
                if said.local_no not in {one.local_no for one in [*before, *mine]}:
                    yield "lost", f"the welcome screen named {said.local_no}: the platform does not have it"
                elif newest is not None and said.local_no != newest.local_no:
                    yield "told_falsely", f"the last application was {newest.local_no}, not {said.local_no}"
            case _:
                pass


def _by_papers(story: Story, mine: Sequence[Held]) -> Iterator[Finding]:
    for paper in story.papers:
        if paper.whole:
            yield from _claimed(f"the slip said {paper.title}", paper.local_no, paper.filing_no, mine)


def _claimed(
    who: str, local_no: str | None, filing_no: str | None, mine: Sequence[Held]
) -> Iterator[Finding]:
    if not mine:
        yield "lost", f"{who}, number {local_no}: the platform has nothing of this citizen"
    elif local_no not in {one.local_no for one in mine}:
        yield "told_falsely", f"{who} with {local_no}: this citizen's is {mine[0].local_no}"
    elif filing_no is not None and filing_no not in {one.filing_no for one in mine}:
        yield "told_falsely", f"{who} with {filing_no}: this citizen's is {mine[0].filing_no}"


def _of_others(story: Story, earlier: Sequence[Story]) -> Iterator[Finding]:
    for other in earlier:
        for secret in other.secrets:
            if any(secret in screen for screen in story.screens):
                yield "seen_later", f"something of the citizen of round {other.number} was on screen"


def _order(held: Held) -> str:
    return held.local_no
