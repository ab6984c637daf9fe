"""What the province publishes reaches a whole terminal, and is in force from the next person on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from central_platform.downstream import DOWNSTREAM, reports
from central_platform.envelope_keys import rotate
from central_platform.publishing import Withdrawn, publish_catalogue, publish_configuration, withdraw
from central_platform.suites import HPKE
from config.bundle import packed
from config.layers import load
from kiosk.messages import Leaving, StepShown
from kiosk.terminal.control import ask
from kiosk.terminal.supervisor import Standing, Supervisor
from tests.kiosk.terminal.conftest import Terminal
from tests.kiosk.terminal.stage import Stage, until
from tests.kiosk.terminal.test_app import WholeTerminal, whole
from tests.kiosk.terminal.test_catalogues import begun_with, both, bundle, with_key
from tests.offline_queue.platform_process import running

__all__ = ["whole"]

NOW = datetime(2027, 1, 1, tzinfo=UTC)
AREA = "330106"


@pytest.fixture
def province(whole: WholeTerminal) -> Path:
    """The platform's directory; its terminal believes the bundles of one signer."""
    with_key(whole)
    return whole.platform_dir


def status(whole: WholeTerminal) -> dict[str, Any]:
    return ask(whole.runtime_dir, "status")


async def taken(whole: WholeTerminal, kind: str, number: int) -> None:
    def there() -> bool:
        page = status(whole)["downstream"].get(kind)
        return page is not None and page["taken"] is not None and page["taken"]["number"] == number

    await until(there, f"{kind} {number}")


async def refused(whole: WholeTerminal, kind: str, number: int) -> str:
    def why() -> str | None:
        page = status(whole)["downstream"].get(kind)
        return (
            page["refused"]["reason"]
            if page and page["refused"] and page["refused"]["number"] == number
            else None
        )

    return await until(why, f"refusal of {kind} {number}")


def refusals(province: Path) -> list[dict[str, Any]]:
    """What the terminal has told the platform that it refused."""
    return [each for report in reports(province / DOWNSTREAM) for each in report["refused"]]


def settings_file(whole: WholeTerminal, text: str) -> Path:
    file = whole.folder / "province.toml"
    file.write_text(text)
    return file


def configured(whole: WholeTerminal) -> Any:
    return load([whole.keys, whole.folder / "site.toml"])


async def served(whole: WholeTerminal, stage: Stage, port: int) -> None:
    """Start the terminal; somebody is served in its first session."""
    whole.connect(f"https://127.0.0.1:{port}")
    with_key(whole)
    whole.start(stage)
    await stage.got("s1", "promote")
    await both(whole, "s1", "s2")
    stage.say("s1", StepShown(step="question:purpose"))
    await until(lambda: status(whole)["sessions"][0]["step"] == "question:purpose", "step")


async def test_what_comes_down_waits_for_the_next_person_and_what_is_withdrawn_does_not(
    whole: WholeTerminal, stage: Stage, province: Path
) -> None:
    with running(province) as port:
        await served(whole, stage, port)
        publish_catalogue(province, bundle(whole.folder, 3, area=AREA), None, NOW)
        await taken(whole, "catalogue", 3)
        await both(whole, "s1", "s3")
        text = '[terminal]\nhall_name_zh = "临溪区政务服务中心"\n[patience]\ncard_s = 120\n'
        publish_configuration(province, settings_file(whole, text), AREA, None, NOW)
        await taken(whole, "configuration", 1)
        await both(whole, "s1", "s4")
        assert [await begun_with(stage, name) for name in ("s1", "s4")] == ["shipped", "3"]
        stage.say("s1", Leaving(reason="finished"))
        await stage.got("s4", "promote")
        said = configured(whole)
        assert said.settings.terminal.hall_name_zh == "临溪区政务服务中心"
        assert said.provenance["patience.card_s"] == "platform 1:4"

        gone = Withdrawn(envelope_keys=["envelope-lost"], bundles=[3], matters=[("id_card_renewal", "1")])
        withdraw(province, gone, NOW)
        assert (await stage.got("s4", "revoked_changed"))["revoked"] == {
            "envelope_keys": ["envelope-lost"],
            "matters": [{"item": "id_card_renewal", "version": "1"}],
        }
        await until(lambda: status(whole)["catalogue"] == "shipped", "the shipped catalogue")
        assert status(whole)["keeping"]["limit"] is None
        own = said.settings.platform.envelope_kid
        rotate(province, HPKE, NOW)
        withdraw(province, Withdrawn(envelope_keys=[own]), NOW)
        await until(lambda: status(whole)["keeping"]["limit"] == "no_key", "no key")
    kept = json.loads((whole.folder / "state" / DOWNSTREAM / "revocations.json").read_bytes())
    assert kept["envelope_keys"] == ["envelope-lost", own]


@pytest.mark.long
async def test_what_is_refused_is_said_with_its_reason_once_and_the_last_good_stays(
    whole: WholeTerminal, stage: Stage, province: Path
) -> None:
    good = settings_file(whole, "[patience]\ncard_s = 120\n")
    with running(province) as port:
        await served(whole, stage, port)
        publish_configuration(province, good, None, None, NOW)
        await taken(whole, "configuration", 1)
        bad = settings_file(whole, '[patience]\ncard_s = 30\n[platform]\nurl = "https://elsewhere"\n')
        publish_configuration(province, bad, None, None, NOW)
        stranger = whole.folder / "9.catalogue"
        sources = {"items/x.yaml": b"id: x\n"}
        stranger.write_bytes(packed(sources, 9, AREA, NOW, Ed25519PrivateKey.generate()))
        publish_catalogue(province, stranger, None, NOW)
        why = await refused(whole, "configuration", 2)
        assert why == "configuration 2:4: platform.url: is set on the machine only, never by the platform"
        assert "not signed with the key of this terminal's catalogue" in await refused(whole, "catalogue", 9)
        told = {"kind": "configuration", "number": 2, "reason": why}
        await until(lambda: told in refusals(province), "the platform is told")
        publish_configuration(province, settings_file(whole, "[patience]\ncard_s = 90\n"), None, None, NOW)
        await taken(whole, "configuration", 3)
    assert configured(whole).settings.patience.card_s == 90
    said = [event for event in whole.events() if event["event"] == "downstream_refused"]
    assert sorted((event["key"], event["version"]) for event in said) == [
        ("catalogue", 9),
        ("configuration", 2),
    ]
    assert status(whole)["catalogue"] == "shipped"


# ---- never under a citizen -------------------------------------------------------------------------------


def impatient(supervisor: Supervisor) -> None:
    """The weakened variant: what is new counts at once, whoever is being served."""
    supervisor.renew()
    if supervisor.visible is not None:
        supervisor._end(supervisor.visible, "session_left", "outdated")


async def interrupted(terminal: Terminal, stage: Stage, renew: Callable[[Supervisor], None]) -> bool:
    """Whether somebody who is being served loses their session by something new."""
    await stage.got("s1", "promote")
    stage.say("s1", StepShown(step="review"))
    supervisor = terminal.supervisor

    def at_it() -> bool:
        warm = supervisor.standby is not None and supervisor.standby.standing is Standing.STANDBY
        return warm and supervisor.visible is not None and supervisor.visible.step == "review"

    await until(at_it, "somebody at the check page, and a warm session beneath")
    renew(supervisor)
    await stage.note("s3", "started")
    return supervisor.visible is None or supervisor.visible.process.name != "s1"


@pytest.mark.parametrize(("renew", "loses"), [(Supervisor.renew, False), (impatient, True)])
async def test_nobody_loses_their_session_by_something_new_and_an_impatient_terminal_is_caught(
    terminal: Terminal, stage: Stage, renew: Callable[[Supervisor], None], *, loses: bool
) -> None:
    assert await interrupted(terminal, stage, renew) is loses
