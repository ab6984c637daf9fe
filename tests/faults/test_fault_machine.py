"""Citizens, crashes, networks, clocks, keys and restarts in any order: nothing lost, doubled or stuck.

Hypothesis drives the product's queue, sync and platform in virtual time (`tests.faults.world`).
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from offline_queue.answers import Failure, LineDown, Over, PartsMissing, Received
from offline_queue.queue_values import Sealed, SealedPart
from offline_queue.signing import Receipt
from tests.faults.conftest import Tell
from tests.faults.figures import Figures
from tests.faults.world import FATES, Enrolment, Fate, Wire, World
from tests.offline_queue.samples import a_record, new_id, sealed

SEED = 20261122
STEPS = 40
YEARS = 20 * 365.25


class Believing(Wire):
    """The weakened variant: whoever answers 2xx has it."""

    async def put_application(self, application_id: str, sealed: Sealed) -> Received | Failure:
        answer = await self._line.send("PUT", f"/v1/applications/{application_id}", sealed.envelope)
        if isinstance(answer, LineDown) or answer.status not in range(200, 300):
            return LineDown("no", reached=False)
        return Received(Receipt(application_id, sealed.envelope_sha256, "33010600-20261121-000001", "", "{}"))


class Renaming(Wire):
    """The weakened variant: an id for each attempt."""

    async def put_application(
        self, application_id: str, sealed_: Sealed
    ) -> Received | PartsMissing | Failure:
        name = new_id()
        envelope = sealed(a_record(name), self.world.enrolment.terminal)
        answer = await self._line.send("PUT", f"/v1/applications/{name}", envelope)
        if isinstance(answer, LineDown) or answer.status not in range(200, 300):
            return LineDown("no", reached=False)
        return Received(
            Receipt(application_id, sealed_.envelope_sha256, "33010600-20261121-000001", "", "{}")
        )


class Forgetful(Wire):
    """The weakened variant: a part that is over need not be kept any more."""

    async def put_part(self, application_id: str, part: SealedPart) -> Over | Failure:
        answer = await super().put_part(application_id, part)
        if isinstance(answer, Over):
            self.world.outbox._store.execute("DELETE FROM parts WHERE sha256 = ?", [part.sha256])
        return answer


class Hasty(Wire):
    """The weakened variant: an application need not wait for its parts."""

    async def put_part(self, application_id: str, part: SealedPart) -> Over | Failure:
        del application_id, part
        return Over()


class Hall(RuleBasedStateMachine):
    """One terminal's life. The class says which client it has, and counts."""

    wire: ClassVar[type[Wire]] = Wire
    enrolment: ClassVar[Enrolment]
    memory: ClassVar[Path]
    figures: ClassVar[Figures]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.memory))
        self.world = World(self.folder, self.enrolment, SEED, self.wire)
        self.world.start()

    @rule(count=st.integers(1, 3))
    def people_apply(self, count: int) -> None:
        for _ in range(count):
            self.world.apply()

    @initialize()
    def somebody_has_applied(self) -> None:
        self.world.apply()

    @precondition(lambda self: self.world.told)
    @rule(data=st.data())
    def the_session_asks_again(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.world.told)))
        self.world.submit(name, self.world.told[name])

    @precondition(lambda self: self.world.told)
    @rule(level=st.integers(1, 5), data=st.data())
    def somebody_rates(self, level: int, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.world.told)))
        self.world.outbox.followers.rate(name, level)

    @precondition(lambda self: self.world.told)
    @rule(data=st.data())
    def a_visit_ends(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.world.told)))
        self.world.outbox.followers.audit(name, shown_at=None, slip="none", ended="left", lasted_s=1)

    @rule(seconds=st.sampled_from([0.01, 0.04, 0.06, 0.2, 1.0, 7.0, 61.0, 3600.0]))
    def time_passes(self, seconds: float) -> None:
        self.world.pass_time(seconds)

    @rule(fates=st.lists(st.sampled_from(FATES), min_size=1, max_size=8))
    def the_network_has_moods(self, fates: list[Fate]) -> None:
        self.world.fates += fates

    @rule(fate=st.sampled_from(FATES))
    def the_network_stays_like_this(self, fate: Fate) -> None:
        self.world.weather = fate

    @rule()
    def the_network_is_well(self) -> None:
        self.world.weather = "ok"

    @rule()
    def what_was_late_arrives(self) -> None:
        self.world.late_ones_arrive()

    @rule()
    def the_terminal_is_killed(self) -> None:
        self.world.crash()
        self.world.start()

    @rule()
    def the_machine_boots(self) -> None:
        self.world.reboot()
        self.world.start()

    @rule(days=st.floats(-YEARS, YEARS))
    def the_clock_jumps(self, days: float) -> None:
        self.world.wall_is_ahead = timedelta(days=days)

    @rule()
    def the_terminal_is_enrolled_anew(self) -> None:
        self.world.crash()
        self.world.renew_key()
        self.world.start()

    @rule()
    def the_platform_restarts(self) -> None:
        self.world.platform_restarts()

    @rule()
    def the_platform_throws_away_what_nobody_finished(self) -> None:
        self.world.platform_tidies()

    @rule()
    def a_technician_releases_what_was_set_aside(self) -> None:
        self.world.release()

    @invariant()
    def nothing_is_wrong(self) -> None:
        self._judge(self.world.wrong())

    def teardown(self) -> None:
        try:
            self.world.heal()
            self.figures.cases += 1
            self.figures.seen.update(self.world.met)
            self.figures.seen["applications"] += len(self.world.told)
            self._judge(self.world.wrong() | self.world.stuck())
        finally:
            self.world.end()
            shutil.rmtree(self.folder)

    def _judge(self, wrong: set[str]) -> None:
        self.figures.wrong.update(wrong)
        assert not wrong, wrong


def machine(enrolment: Enrolment, memory: Path, suite: str, client: type[Wire] = Wire) -> type[Hall]:
    told = {"wire": client, "enrolment": enrolment, "memory": memory, "figures": Figures(suite, SEED)}
    return type("Hall", (Hall,), told)


def lives(count: int, *phases: Phase) -> settings:
    return settings(
        max_examples=count,
        stateful_step_count=STEPS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(6, id="short"),
        pytest.param(5_000, id="long", marks=[pytest.mark.long, pytest.mark.timeout(5400)]),
    ],
)
def test_nothing_is_lost_doubled_or_stuck_whatever_happens_in_whichever_order(
    enrolment: Enrolment, memory: Path, tell: Tell, count: int
) -> None:
    hall = machine(enrolment, memory, "lives of a terminal")
    try:
        run_state_machine_as_test(hall, settings=lives(count, Phase.generate, Phase.shrink))
    finally:
        tell(hall.figures)


@pytest.mark.parametrize(
    ("client", "wrong"),
    [
        pytest.param(Believing, "told falsely", id="believing"),
        pytest.param(Renaming, "doubled", id="renaming"),
        pytest.param(Hasty, "stuck", id="hasty"),
    ],
)
def test_the_same_lives_catch_a_weakened_client(
    enrolment: Enrolment, memory: Path, tell: Tell, client: type[Wire], wrong: str
) -> None:
    hall = machine(enrolment, memory, f"weakened ({client.__name__.lower()})", client)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(hall, settings=lives(100, Phase.generate))
    tell(hall.figures)
    assert hall.figures.wrong[wrong]


@pytest.mark.parametrize(
    ("client", "wrong"),
    [pytest.param(Wire, set(), id="kept"), pytest.param(Forgetful, {"stuck"}, id="forgetful")],
)
def test_parts_that_the_platform_threw_away_before_the_application_came_are_sent_again(
    enrolment: Enrolment, memory: Path, client: type[Wire], wrong: set[str]
) -> None:
    world = World(memory, enrolment, SEED, client)
    world.start()
    name = world.apply().application_id

    def states() -> list[str]:
        line = world.outbox.line(name)
        return [] if line is None else [part.state for part in line.parts]

    world.fates, world.weather = ["ok", "ok", "ok"], "refused"  # the probe, and the part in two requests
    world.pass_time(2.0)
    assert states() == ["over", "kept"]
    world.platform_tidies()
    world.heal()
    assert world.wrong() | world.stuck() == wrong
    world.end()
