"""A session without its screen: a real pipe, a printer at the wire, and the terminal's side by hand."""

from __future__ import annotations

import asyncio
import base64
import itertools
import socket
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import serial
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from structlog.testing import capture_logs

from central_platform.suites import HPKE, SM2, SuiteName, new_key
from config.catalogue import SHIPPED as SHIPPED_CATALOGUE
from config.catalogue import load_catalogue
from config.item import Item
from config.layers import load
from config.printer_profile import SHIPPED, profile_named
from config.settings import Settings
from devices.contracts.id_cards import ResidentCard
from devices.escpos.printer import EscPosPrinter
from devices.eyes.client import FaceWorkerEyes
from devices.sam_v.reader import SamVReader
from devices.simulators.escpos_printer import Dialect, EscPosSimulator
from kiosk import messages as msg
from kiosk.packets import PacketEnd
from kiosk.session import events as ev
from kiosk.session.errands.context import Equipment
from kiosk.session.finders import finder_of, found
from kiosk.session.hall import Hall
from kiosk.session.link import TerminalLink
from kiosk.session.runner import Runner
from kiosk.session.sights import Sight
from kiosk.session.stages import Ended, GuidePage, LinkLost, NotKept, Outcome, Session, Thanks, Welcome
from kiosk.session.struggle import MISSES
from kiosk.session.suites import HpkeKey, canonical
from tests.kiosk.session.conftest import NOW
from tests.kiosk.session.walk import APPLICATION_ID, STROKES, after, answered, promoted, verified

A_WHILE_S = 10.0


@dataclass
class Stage:
    """One runner, the terminal's end of its pipe, and everything it has said."""

    runner: Runner
    terminal: PacketEnd
    printer: EscPosSimulator
    said: list[msg.FromSession] = field(default_factory=list)

    def tells(self, message: msg.FromTerminal) -> None:
        """The terminal says something."""
        self.terminal.send(msg.encode(message))

    async def hears(self, kind: type[msg.FromSession]) -> msg.FromSession:
        """The next message of this kind."""
        async with asyncio.timeout(A_WHILE_S):
            while True:
                packet = await self.terminal.receive()
                assert packet is not None
                self.said.append(msg.decode_from_session(packet))
                if isinstance(self.said[-1], kind):
                    return self.said[-1]

    async def becomes(self, true_of: Callable[[Session], bool]) -> Session:
        """Wait until the session is so."""
        async with asyncio.timeout(A_WHILE_S):
            while not true_of(self.runner.session):  # noqa: ASYNC110  the runner tells its screen, not a test
                await asyncio.sleep(0.01)
        return self.runner.session


@pytest.fixture
def settings() -> Settings:
    """The shipped settings with an invented site, and a citizen who is waited for half a second."""
    site = {
        "terminal.id": "LX-0001", "terminal.area_code": "330199", "terminal.hall_name_zh": "厅",
        "terminal.hall_name_en": "Hall", "terminal.hall_phone": "0571-00001000",
        "platform.url": "https://127.0.0.1:1", "platform.envelope_kid": "k1", "patience.delivery_s": "0.2",
    }  # fmt: skip
    shipped = load([], [f"{key}={value}" for key, value in site.items()]).settings
    # Twenty seconds of grace are what settings must give a person; a test is none.
    patience = shipped.patience.model_copy(update={"idle_warning_s": 0.4, "idle_grace_s": 0.3})
    return shipped.model_copy(update={"patience": patience})


WORD = Ed25519PrivateKey.generate()
"""What this platform signs with."""


@pytest.fixture
async def stage(
    hall: Hall, settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Stage]:
    """A runner in standby; its printer is a plain one, or the parameter's, in a hurry or at `@` its speed."""
    named, _, dots_per_s = getattr(request, "param", "generic-80").partition("@")
    shipped = profile_named(named)
    dialect: Dialect = "epson" if shipped.status == "dle_eot" else "custom"
    file = tmp_path / f"{shipped.id}.yaml"
    text = (SHIPPED / file.name).read_text("utf-8")
    file.write_text(text.replace(f"speed_mm_s: {shipped.speed_mm_s}", "speed_mm_s: 400"), "utf-8")
    profile = profile_named(str(file))
    printer_settings = settings.printer.model_copy(update={"profile": str(file)})
    settings = settings.model_copy(update={"printer": printer_settings})
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    printer = EscPosSimulator(tmp_path / "printer", dots_per_s=float(dots_per_s or 60_000), dialect=dialect)
    reader, paper = (
        SamVReader(str(tmp_path / "nothing"), 115_200),
        EscPosPrinter(str(tmp_path / "printer"), 115_200, profile),
    )
    eyes, link = FaceWorkerEyes([sys.executable, "-c", "raise SystemExit"]), TerminalLink(theirs.detach())
    equipment = Equipment(
        reader=reader,
        printer=paper,
        eyes=eyes,
        link=link,
        platform_key=HpkeKey(X25519PrivateKey.generate().public_key()),
        platform_word=WORD.public_key(),
        settings=settings,
        clock=lambda: NOW,
    )

    def seen(_session: Session) -> None:
        """Nobody looks."""

    def previewed(_seen: Sight | None) -> None:
        """Nobody looks."""

    runner = Runner(hall, equipment, on_session=seen, on_preview=previewed)
    stage = Stage(runner, PacketEnd(ours), printer)
    running = asyncio.create_task(runner.run())
    yield stage
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    stage.terminal.close()
    link.close()
    for device in (reader, paper, eyes):
        await device.close()
    printer.close()


async def test_a_promoted_session_empties_a_printer_in_doubt_and_reports_what_its_devices_say(
    stage: Stage,
) -> None:
    stage.tells(msg.Promote(reach="online", flush_printer=True))
    await stage.hears(msg.PrinterFlushed)
    report = await stage.hears(msg.HealthReport)
    assert isinstance(report, msg.HealthReport)
    assert report.devices["printer"].state == "online"
    assert report.devices["id_reader"].reason == "port_missing"
    session = await stage.becomes(lambda session: session.hall.reader_usable is False)
    assert session.hall.printer_usable


async def test_a_printer_that_the_session_before_has_not_let_go_yet_is_waited_for_and_not_called_broken(
    stage: Stage, tmp_path: Path
) -> None:
    before = serial.Serial(str(tmp_path / "printer"), 115_200, exclusive=True)
    asyncio.get_running_loop().call_later(0.4, before.close)
    stage.tells(msg.Promote(reach="online", flush_printer=True))
    await stage.hears(msg.PrinterFlushed)
    report = await stage.hears(msg.HealthReport)
    assert isinstance(report, msg.HealthReport)
    assert report.devices["printer"].state == "online"
    assert not [message for message in stage.said[:-1] if isinstance(message, msg.HealthReport)]


async def test_a_passer_by_who_touched_the_welcome_page_leaves_no_trace(stage: Stage) -> None:
    stage.tells(msg.Promote(reach="online"))
    await stage.becomes(lambda session: isinstance(session.stage, Welcome))
    stage.runner.post(ev.LanguageChosen("en"))
    leaving = await stage.hears(msg.Leaving)
    assert leaving == msg.Leaving(reason="left")


async def test_a_person_who_has_gone_is_warned_and_then_their_session_ends(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    stage.runner.session = verified(hall, certificate, card)
    stage.runner.post(ev.StillHere())
    await stage.becomes(lambda session: session.idle_warning)
    stage.runner.post(ev.StillHere())
    assert not stage.runner.session.idle_warning
    await stage.becomes(lambda session: session.idle_warning)
    assert await stage.hears(msg.Leaving) == msg.Leaving(reason="idle")


async def test_where_people_struggle_is_logged_and_who_they_are_is_not(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    stage.tells(msg.Promote(reach="online"))
    await stage.hears(msg.HealthReport)
    stage.runner.session = answered(verified(hall, certificate, card))
    with capture_logs() as logged:
        for _ in range(2 * MISSES):
            stage.runner.post(ev.TouchMissed())
    said = [each for each in logged if each["event"] == "help_offered"]
    assert [(each["reason"], each["step"]) for each in said] == [("missed", "ReviewStep")]


async def test_a_guide_who_is_called_is_told_of_by_the_terminal_and_by_nobody_else(stage: Stage) -> None:
    stage.tells(msg.Promote(reach="online"))
    await stage.hears(msg.HealthReport)
    stage.runner.post(ev.GuideCalled())
    call = await stage.hears(msg.CallGuide)
    assert isinstance(call, msg.CallGuide)
    stage.tells(msg.CallAnswered(call_id=APPLICATION_ID, state="told"))  # of another call
    stage.tells(msg.CallAnswered(call_id=call.call_id, state="not_told"))
    await stage.becomes(lambda session: session.call != "asking")
    assert stage.runner.session.call == "not_told"
    stage.runner.post(ev.GuideCalled())
    again = await stage.hears(msg.CallGuide)
    assert isinstance(again, msg.CallGuide)
    stage.tells(msg.CallAnswered(call_id=again.call_id, state="told"))
    await stage.becomes(lambda session: session.call == "told")
    stage.runner.post(ev.CallNoted())
    await stage.hears(msg.CallOver)


async def sends(stage: Stage, hall: Hall, item: Item, card: ResidentCard) -> msg.Commit:
    """Sign and send; the terminal hears the commit."""
    stage.runner.session = answered(verified(hall, item, card))
    stage.runner.post(ev.Continue())
    stage.runner.post(ev.SignedAndSent(STROKES, APPLICATION_ID, NOW))
    await stage.hears(msg.Prepare)
    stage.tells(
        msg.Prepared(
            application_id=APPLICATION_ID, local_no="0001-261121-0001", clock_trust="system", reach="online"
        )
    )
    commit = await stage.hears(msg.Commit)
    assert isinstance(commit, msg.Commit)
    return commit


async def test_nothing_is_claimed_until_the_terminal_says_kept_and_then_a_slip_comes_out(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    commit = await sends(stage, hall, certificate, card)
    assert not isinstance(stage.runner.session.stage, Outcome)
    parts = [message for message in stage.said if isinstance(message, msg.SealedChunk)]
    assert len(parts) == parts[0].count
    stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
    session = await stage.becomes(
        lambda session: isinstance(session.stage, Outcome) and session.stage.slip_state == "printed"
    )
    assert isinstance(session.stage, Outcome)
    assert not session.stage.received
    jobs = [await stage.hears(msg.PrintJob), await stage.hears(msg.PrintJob)]
    assert [job.state for job in jobs if isinstance(job, msg.PrintJob)] == ["started", "printed"]
    assert "已暂存本机" in stage.printer.slips[-1].text


@pytest.mark.parametrize("stage", ["generic-80@1200"], indirect=True)
async def test_nobody_is_asked_whether_they_are_there_while_their_slip_is_printed(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    commit = await sends(stage, hall, certificate, card)
    stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
    seen: set[tuple[object, bool]] = set()
    began_s = asyncio.get_running_loop().time()

    def looked(session: Session) -> bool:
        state = session.stage.slip_state if isinstance(session.stage, Outcome) else None
        seen.add((state, session.idle_warning))
        return session.idle_warning

    await stage.becomes(looked)
    assert asyncio.get_running_loop().time() - began_s > 0.7, "longer than this hall's patience and its grace"
    assert {state for state, warned in seen if warned} == {"printed"}
    assert ("started", False) in seen


async def test_a_refused_commit_is_said_and_prints_nothing(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    await sends(stage, hall, certificate, card)
    stage.tells(msg.CommitRefused(application_id=APPLICATION_ID, reason="disk_full"))
    session = await stage.becomes(lambda session: isinstance(session.stage, NotKept))
    assert session.stage == NotKept(certificate, "disk_full")
    assert not stage.printer.slips


async def test_leaving_while_the_slip_prints_waits_for_the_paper(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    commit = await sends(stage, hall, certificate, card)
    stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
    await stage.hears(msg.PrintJob)
    stage.runner.post(ev.Leave())
    assert stage.runner.session.stage == Ended("left")
    assert await stage.hears(msg.Leaving) == msg.Leaving(reason="left")
    assert [message.state for message in stage.said if isinstance(message, msg.PrintJob)] == [
        "started",
        "printed",
    ]


async def test_a_terminal_that_is_gone_is_said_and_nothing_is_claimed(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    await sends(stage, hall, certificate, card)
    stage.terminal.close()
    session = await stage.becomes(lambda session: isinstance(session.stage, LinkLost))
    assert session.stage == LinkLost(in_journey=True, sent=True)


async def test_the_platforms_receipt_is_waited_for_a_little_before_the_slip(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    commit = await sends(stage, replace(hall, reach="online"), certificate, card)
    stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
    stage.tells(
        msg.Delivered(
            application_id=APPLICATION_ID,
            filing_no="33019900-20261121-000001",
            received_at="2026-11-21T01:30:01Z",
        )
    )
    await stage.becomes(
        lambda session: isinstance(session.stage, Outcome) and session.stage.slip_state == "printed"
    )
    assert "33019900-20261121-000001" in stage.printer.slips[-1].text


def paper_is(state: str) -> Callable[[Session], bool]:
    """Whether the screen says so of the slip."""
    return lambda session: isinstance(session.stage, Outcome) and session.stage.slip_state == state


async def test_a_slip_that_stopped_half_way_is_printed_again_for_a_reason_and_once(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    commit = await sends(stage, hall, certificate, card)
    stage.printer.after_lines(4, "paper_out")
    stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
    await stage.becomes(paper_is("not_printed"))
    stage.printer.paper_out = False
    stage.runner.post(ev.ReprintWanted())
    stage.runner.post(ev.ReprintWanted("not_come_out"))
    await stage.becomes(paper_is("printed"))
    heard = [await stage.hears(msg.PrintJob) for _ in range(4)]
    jobs = [job for job in heard if isinstance(job, msg.PrintJob)]
    assert [job.state for job in jobs] == ["started", "not_printed", "started", "printed"]
    assert {(job.reprint_of, job.reprint_reason) for job in jobs[2:]} == {(jobs[0].job_id, "not_come_out")}
    half, whole = (slip.text for slip in stage.printer.slips if not slip.blank)
    assert "补打" in whole
    assert "终端编号" not in half
    stage.runner.post(ev.ReprintWanted("torn"))
    stage.runner.post(ev.Leave())
    await stage.hears(msg.Leaving)
    assert len([slip for slip in stage.printer.slips if not slip.blank]) == 2


async def test_what_another_left_in_the_printer_does_not_come_out_for_this_citizen(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    stage.printer.paper_out = True
    stage.tells(msg.Promote(reach="online", flush_printer=True))
    await stage.becomes(lambda session: session.hall.printer_usable is False)
    commit = await sends(stage, hall, certificate, card)
    stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
    await stage.becomes(paper_is("no_printer"))
    stage.printer.paper_out = False  # a clerk, in the middle of the citizen's visit
    await stage.hears(msg.PrinterFlushed)
    assert not [message for message in stage.said if isinstance(message, msg.PrintJob)]
    assert all(slip.blank for slip in stage.printer.slips)


def slip_is(place: str) -> Callable[[Session], bool]:
    """Whether the screen says so of the slip's place."""
    return lambda session: isinstance(session.stage, Outcome) and session.stage.slip_place == place


@pytest.mark.parametrize("stage", ["custom-vkp80iii"], indirect=True)
async def test_a_presenter_sees_the_slip_taken(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    commit = await sends(stage, hall, certificate, card)
    stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
    await stage.becomes(slip_is("in_mouth"))
    assert "已暂存本机" in stage.printer.take().text
    stage.runner.post(ev.StillHere())
    await stage.becomes(slip_is("taken"))


@pytest.mark.parametrize("stage", ["custom-vkp80iii"], indirect=True)
async def test_a_slip_that_its_owner_leaves_behind_is_taken_back(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    commit = await sends(stage, hall, certificate, card)
    stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
    await stage.becomes(slip_is("in_mouth"))
    stage.runner.post(ev.Leave())
    await stage.hears(msg.Leaving)
    assert [slip.text for slip in stage.printer.retracted] == [stage.printer.slips[-1].text]


# ---- guides, and what is counted without persons ---------------------------------------------------------


def at_guide(hall: Hall, listing: str = "marriage_registration") -> Session:
    """A citizen who reads the page of a matter that is done elsewhere."""
    catalogue = load_catalogue(SHIPPED_CATALOGUE, "shipped")
    whole = replace(hall, items=catalogue.items, district=catalogue.district)
    return after(promoted(whole), ev.FindWanted(), ev.QueryTyped("结婚"), ev.MatterChosen(listing))


def guide_is(state: str) -> Callable[[Session], bool]:
    """Whether the screen says so of the guide."""
    return lambda session: isinstance(session.stage, GuidePage) and session.stage.slip_state == state


async def test_a_guide_is_a_paper_of_its_own_and_the_slip_after_it_is_no_reprint(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    stage.runner.session = at_guide(hall)
    stage.runner.post(ev.PrintGuide())
    await stage.becomes(guide_is("printed"))
    commit = await sends(stage, hall, certificate, card)
    stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
    await stage.becomes(paper_is("printed"))
    while sum(isinstance(message, msg.PrintJob) for message in stage.said) < 4:
        await stage.hears(msg.PrintJob)
    jobs = [message for message in stage.said if isinstance(message, msg.PrintJob)]
    assert [(job.paper, job.state) for job in jobs] == [
        ("guide", "started"), ("guide", "printed"), ("slip", "started"), ("slip", "printed"),
    ]  # fmt: skip
    assert {job.reprint_of for job in jobs} == {None}
    guide, slip = (slip.text for slip in stage.printer.slips if not slip.blank)
    assert "领结婚证" in guide
    assert "正式名称：结婚登记" in guide
    assert "领结婚证" not in slip


async def test_a_guide_that_stopped_half_way_is_said_and_the_slip_after_it_has_nothing_of_it(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    stage.runner.session = at_guide(hall)
    stage.printer.after_lines(3, "paper_out")
    stage.runner.post(ev.PrintGuide())
    await stage.becomes(guide_is("not_printed"))
    stage.printer.paper_out = False
    commit = await sends(stage, hall, certificate, card)
    stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
    await stage.becomes(paper_is("printed"))
    last = stage.printer.slips[-1].text
    assert "终端编号" in last
    assert "办事指南" not in last
    assert "婚姻登记处" not in last


async def test_what_another_left_in_the_printer_does_not_come_out_with_a_guide(
    stage: Stage, hall: Hall
) -> None:
    stage.printer.paper_out = True
    stage.tells(msg.Promote(reach="online", flush_printer=True))
    await stage.becomes(lambda session: session.hall.printer_usable is False)
    stage.runner.session = at_guide(hall)
    stage.runner.post(ev.PrintGuide())
    await stage.becomes(guide_is("no_printer"))
    assert all(slip.blank for slip in stage.printer.slips)


@pytest.mark.long
async def test_a_visit_prints_some_guides_and_no_more(stage: Stage, hall: Hall) -> None:
    stage.runner.session = at_guide(hall)
    for _ in range(msg.MOST_GUIDES):
        stage.runner.post(ev.PrintGuide())
        await stage.becomes(guide_is("printed"))
        stage.runner.post(ev.Back())
        stage.runner.post(ev.MatterChosen("marriage_registration"))
    stage.runner.post(ev.PrintGuide())
    await stage.becomes(guide_is("enough"))
    assert sum(not slip.blank for slip in stage.printer.slips) == msg.MOST_GUIDES


async def test_words_are_looked_up_in_an_index_that_is_made_for_who_types_them(stage: Stage) -> None:
    stage.tells(msg.Promote(reach="online"))
    await stage.becomes(lambda session: isinstance(session.stage, Welcome))
    stage.runner.post(ev.ShelvesWanted("theme"))
    stage.runner.post(ev.FindWanted())
    async with asyncio.timeout(A_WHILE_S):
        for typed in itertools.cycle(("社", "社保")):  # who types is not taken for somebody who has gone
            if stage.runner.session.hall.finder is not None:
                break
            stage.runner.post(ev.QueryTyped(typed))
            await asyncio.sleep(0.05)
    assert found("社保", stage.runner.session.hall).here


async def test_words_that_found_nothing_are_told_once_when_they_are_given_up(
    stage: Stage, hall: Hall
) -> None:
    stage.runner.session = promoted(replace(hall, finder=finder_of(hall)))
    for typed in ("飞碟", "飞碟停泊", "飞碟停泊"):
        stage.runner.post(ev.FindWanted())
        stage.runner.post(ev.QueryTyped(typed))
    stage.runner.post(ev.ShelvesWanted("theme"))
    stage.runner.post(ev.Back())
    for typed in ("330199195503070024", "身份证"):
        stage.runner.post(ev.FindWanted())
        stage.runner.post(ev.QueryTyped(typed))
        stage.runner.post(ev.Back())
    stage.runner.post(ev.Leave())
    await stage.hears(msg.Leaving)
    told = [message for message in stage.said if isinstance(message, msg.NothingFound)]
    assert told == [msg.NothingFound(words="飞碟停泊")]
    assert not [message for message in stage.said if "330199" in repr(message)]


async def test_what_is_offered_at_the_end_is_told_to_nobody_and_logged_nowhere(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    with capture_logs() as logged:
        commit = await sends(stage, hall, certificate, card)
        stage.tells(msg.Committed(application_id=APPLICATION_ID, local_no=commit.local_no))
        await stage.becomes(paper_is("printed"))
        stage.runner.post(ev.Continue())
        stage.runner.post(ev.Rated(5))
        session = await stage.becomes(lambda session: isinstance(session.stage, Thanks))
        stage.runner.post(ev.Continue())
        await stage.hears(msg.Leaving)
    assert isinstance(session.stage, Thanks)
    assert [offer.item for offer in session.stage.offers] == ["elder_card"]
    for told in (*map(repr, stage.said), *map(repr, logged), *(slip.text for slip in stage.printer.slips)):
        assert "elder_card" not in told
        assert "优待证" not in told


def announcement(kid: str, word: Ed25519PrivateKey, suite: SuiteName = HPKE) -> str:
    said = {
        "v": 1,
        "kind": "envelope_key",
        "envelope_kid": kid,
        "suite": suite,
        "public_key": new_key(suite)[1].decode(),
        "kid": "receipt-1",
    }
    signature = base64.b64encode(word.sign(canonical(said))).decode()
    return canonical({**said, "signature": signature}).decode()


def kid(stage: Stage) -> str | None:
    """What this session would seal to now."""
    key = stage.runner._context.platform_key
    return None if key is None else key.kid


async def test_a_session_seals_to_the_newest_key_that_the_platform_signed(stage: Stage) -> None:
    own, first, second = "k1", announcement("k2", WORD), announcement("k3", WORD)
    assert kid(stage) == own
    stage.tells(msg.Promote(reach="online", envelope_key=first))
    await stage.becomes(lambda session: isinstance(session.stage, Welcome))
    assert kid(stage) == "k2"
    stage.tells(msg.EnvelopeKeyChanged(envelope_key=announcement("k4", Ed25519PrivateKey.generate())))
    stage.tells(msg.EnvelopeKeyChanged(envelope_key=announcement("k5", WORD, SM2)))
    stage.tells(msg.EnvelopeKeyChanged(envelope_key="{}"))
    stage.tells(msg.ReachChanged(reach="offline"))
    await stage.becomes(lambda session: session.hall.reach == "offline")
    assert kid(stage) == "k2"
    stage.tells(msg.EnvelopeKeyChanged(envelope_key=second))
    stage.tells(msg.ReachChanged(reach="online"))
    await stage.becomes(lambda session: session.hall.reach == "online")
    assert kid(stage) == "k3"


async def test_nothing_is_sealed_to_a_withdrawn_key_and_the_person_is_told(
    stage: Stage, hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    stage.tells(msg.Promote(reach="online", envelope_key=announcement("k2", WORD)))
    await stage.becomes(lambda session: isinstance(session.stage, Welcome))
    await told_of(stage, "k2")
    assert kid(stage) == "k1"
    await told_of(stage, "k2", "k1")
    assert kid(stage) is None
    stage.runner.session = answered(verified(hall, certificate, card))
    stage.runner.post(ev.Continue())
    stage.runner.post(ev.SignedAndSent(STROKES, APPLICATION_ID, NOW))
    session = await stage.becomes(lambda session: isinstance(session.stage, NotKept))
    assert session.stage == NotKept(certificate, "key_withdrawn")
    stage.tells(msg.EnvelopeKeyChanged(envelope_key=announcement("k3", WORD)))
    stage.tells(msg.ReachChanged(reach="offline"))
    await stage.becomes(lambda session: session.hall.reach == "offline")
    assert kid(stage) == "k3"


async def told_of(stage: Stage, *kids: str) -> None:
    """The platform has withdrawn these keys."""
    matter = msg.WithdrawnMatter(item="x", version=str(len(kids)))
    stage.tells(msg.RevokedChanged(revoked=msg.Revoked(envelope_keys=kids, matters=(matter,))))
    await stage.becomes(lambda session: session.hall.withdrawn == {("x", matter.version)})
