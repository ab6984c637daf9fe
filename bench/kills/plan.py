"""What happens in a round, drawn from its seed: who is struck, when, and when it works again. Pure.

The first round of a run has the run's own seed, so `--rounds 1 --seed N` plays the plan of any round again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Victim = Literal["session", "face_worker", "terminal", "platform", "printer", "network"]
VICTIMS: tuple[Victim, ...] = get_args(Victim)

Moment = Literal[
    "welcome", "matter", "card", "consent", "face", "verified", "review", "sign", "send", "outcome",
    "rating", "thanks",
]  # fmt: skip
"""A screen that appeared, or `send`: the finger left 签名并提交."""

ON_THE_WAY: tuple[Moment, ...] = (
    "welcome", "matter", "card", "consent", "face", "verified", "review", "sign", "rating", "thanks",
)  # fmt: skip

EARLY = frozenset({"welcome", "matter", "card", "consent", "face", "verified"})

SEND_S = 0.9
"""After the touch on send: sealing, commit, answer, screen and delivery all lie within this."""

AIMED_S = 0.3
"""After send: the commit; after the first sight of the outcome: that it was shown, and the delivery."""

PRINT_S = 2.0
"""After the outcome's screen: the receipt, the slip and its end lie within this."""

ELSEWHERE_S = 0.5

_WEIGHTS: Mapping[Victim, int] = {
    "session": 28,
    "terminal": 22,
    "platform": 14,
    "printer": 14,
    "network": 12,
    "face_worker": 10,
}
_HOW: Mapping[Victim, tuple[str, ...]] = {
    "printer": ("unplugged", "unplugged", "paper_out", "cover_open", "jammed", "silent"),
    "network": ("cut", "cut", "answer_lost"),
}


@dataclass(frozen=True)
class Strike:
    """One blow: `delay_s` after `at`, and for what the bench repairs, `back_after_s` later it works again."""

    victim: Victim
    at: Moment
    delay_s: float
    how: str = "killed"
    back_after_s: float = 0.0

    def __str__(self) -> str:
        """As a person reads it."""
        back = f", back after {self.back_after_s:.1f} s" if self.back_after_s else ""
        return f"{self.victim} {self.how} at {self.at} + {self.delay_s:.3f} s{back}"


@dataclass(frozen=True)
class Plan:
    """One round. `offline`: the network cable is out when the citizen comes."""

    number: int
    seed: int
    offline: bool
    strikes: tuple[Strike, ...]

    @property
    def early(self) -> bool:
        """Whether a blow may fall before a new session has had its time to warm up."""
        return any(strike.at in EARLY for strike in self.strikes)

    def __str__(self) -> str:
        """As a person reads it."""
        offline = ["network out from the start"] if self.offline else []
        return "; ".join([*offline, *map(str, self.strikes)])


def plans(seed: int, rounds: int, *, aimed: bool) -> Iterator[Plan]:
    """Draw the plans of a run. `aimed` kills only session and terminal, and only around the commit."""
    chance = random.Random(seed)  # noqa: S311 - a run that can be repeated
    for number in range(1, rounds + 1):
        yield plan_of(number, seed if number == 1 else chance.getrandbits(32), aimed=aimed)


def plan_of(number: int, seed: int, *, aimed: bool) -> Plan:
    """Draw one round's plan."""
    chance = random.Random(seed)  # noqa: S311 - see above
    if aimed:
        return Plan(number, seed, offline=False, strikes=(_aimed(chance),))
    offline = chance.random() < 0.25  # noqa: PLR2004 - one citizen in four comes when the network is out
    blows = 2 if chance.random() < 0.3 else 1  # noqa: PLR2004 - three rounds in ten are struck twice
    strikes = tuple(_strike(chance, offline=offline) for _ in range(blows))
    return Plan(number, seed, offline, strikes)


def _aimed(chance: random.Random) -> Strike:
    """Draw one kill around the commit: what costs least time and would lose most."""
    victim: Victim = chance.choice(("session", "session", "session", "terminal"))
    at: Moment = chance.choice(("send", "outcome"))
    return Strike(victim, at, round(chance.uniform(0, AIMED_S), 3))


def _strike(chance: random.Random, *, offline: bool) -> Strike:
    victims = [victim for victim in VICTIMS if not (offline and victim == "network")]
    (victim,) = chance.choices(victims, [_WEIGHTS[victim] for victim in victims])
    at: Moment
    if victim == "face_worker":
        at = chance.choice(("consent", "face", "face"))
    elif victim == "printer":
        at = chance.choice(("send", "outcome", "outcome"))
    else:
        near: list[Moment] = ["send", "send", "send", "outcome"]
        at = chance.choice(near if chance.random() < 0.6 else ON_THE_WAY)  # noqa: PLR2004 - six in ten
    delay_s = chance.uniform(0, {"send": SEND_S, "outcome": PRINT_S}.get(at, ELSEWHERE_S))
    how = chance.choice(_HOW.get(victim, ("killed",)))
    back_after_s = 0.0
    if victim in {"platform", "printer", "network"} and how != "answer_lost":
        back_after_s = round(chance.uniform(0.3, 4.0), 1)
    return Strike(victim, at, round(delay_s, 3), how, back_after_s)
