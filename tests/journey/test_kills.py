"""Killed at any moment: what people are told is what the platform holds, and a harness that would notice."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from bench.kills import run_kills
from bench.kills.plan import plans
from bench.kills.told import Paper, Said, read_paper, said_on
from bench.kills.verdict import Heard, Held, Story, judge

LOCAL, OTHER_LOCAL = "0001-261122-0007", "0001-261122-0008"
FILING, OTHER_FILING = "33019900-20261122-000007", "33019900-20261122-000008"

KEPT = Said("kept", LOCAL)
RECEIVED = Said("received", LOCAL, FILING)
SLIP = Paper("received", LOCAL, FILING, whole=True)
MINE = Held("330199196002010028", LOCAL, FILING)
ANOTHERS = Held("330199196003030047", OTHER_LOCAL, OTHER_FILING)


def heard(said: Said, *, filed: bool = True, slips: int = 0, after_send: bool = True) -> Heard:
    return Heard(said, filed_then=filed, own_slips_then=slips, after_send=after_send)


def story(
    *said: Said | Heard, papers: tuple[Paper, ...] = (), screens: tuple[str, ...] = (), number: int = 1
) -> Story:
    first = number == 1
    return Story(
        number=number,
        id_number=MINE.id_number if first else ANOTHERS.id_number,
        secrets=("沈一禾", MINE.id_number) if first else ("吴一明", ANOTHERS.id_number),
        heard=[one if isinstance(one, Heard) else heard(one) for one in said],
        papers=list(papers),
        screens=set(screens),
    )


def wrong(stories: list[Story], held: list[Held]) -> set[str]:
    return {fault.wrong for fault in judge(stories, held)}


def test_a_citizen_who_was_told_what_is_so_is_no_fault() -> None:
    told = story(KEPT, heard(Said("received", LOCAL, FILING, "printed"), slips=1), papers=(SLIP,))
    assert wrong([told], [MINE]) == set()
    assert wrong([story()], []) == set()
    assert wrong([story(Said("not_kept"))], []) == set()
    assert wrong([story(Said("unsure"))], [MINE]) == set()
    assert wrong([story(Said("notice", LOCAL))], [MINE]) == set()


@pytest.mark.parametrize(
    ("told", "held", "fault"),
    [
        pytest.param([story(KEPT)], [], "lost", id="kept on the screen, not at the platform"),
        pytest.param([story(papers=(SLIP,))], [], "lost", id="received on the slip, not at the platform"),
        pytest.param([story(Said("notice", LOCAL))], [], "lost", id="named on the next welcome, not there"),
        pytest.param([story(KEPT)], [MINE, MINE], "doubled", id="one citizen, two applications"),
        pytest.param(
            [story(heard(RECEIVED, filed=False))], [MINE], "told_falsely", id="received before it was"
        ),
        pytest.param([story(Said("not_kept"))], [MINE], "told_falsely", id="not kept, and it arrived"),
        pytest.param([story(Said("kept", OTHER_LOCAL))], [MINE], "told_falsely", id="another's number"),
        pytest.param(
            [story(Said("received", LOCAL, OTHER_FILING))], [MINE], "told_falsely", id="another's filing no."
        ),
        pytest.param(
            [story(papers=(Paper("received", LOCAL, OTHER_FILING, whole=True),))],
            [MINE],
            "told_falsely",
            id="another's number on the slip",
        ),
        pytest.param(
            [story(heard(Said("kept", LOCAL, None, "printed"), slips=0))],
            [MINE],
            "told_falsely",
            id="printed, and there is no slip",
        ),
        pytest.param(
            [story(Said("kept", LOCAL, None, "not_printed"), papers=(SLIP,))],
            [MINE],
            "told_falsely",
            id="not printed, and there is a slip",
        ),
        pytest.param(
            [story(), story(Said("notice", LOCAL), number=2)],
            [MINE, ANOTHERS],
            "told_falsely",
            id="the welcome names the last but one",
        ),
        pytest.param(
            [story(), story(screens=("请核对填写的内容\n沈一禾",), number=2)],
            [],
            "seen_later",
            id="an earlier citizen's name",
        ),
    ],
)
def test_what_must_not_be_is_found(told: list[Story], held: list[Held], fault: str) -> None:
    assert wrong(told, held) == {fault}


def test_a_screen_is_read_only_when_its_title_and_its_number_stand_together() -> None:
    numbers = ["申报号", FILING, "本机流水号", LOCAL]
    assert said_on(["平台已收件"], ["平台已收件", *numbers, "凭条已打印，请取走。"]) == Said(
        "received", LOCAL, FILING, "printed"
    )
    assert said_on(["平台已收件"], ["平台已收件", "本机流水号", LOCAL]) is None
    assert said_on(["已暂存本机，尚未提交"], ["本机流水号", LOCAL]) == KEPT
    notice = f"上一份申请已保存，流水号\n{LOCAL}"
    assert said_on(["您要办什么事？"], ["您要办什么事？", notice]) == Said("notice", LOCAL)
    assert said_on(["您要办什么事？"], ["您要办什么事？"]) is None


def test_half_a_slip_is_not_a_slip() -> None:
    text = f"收件凭条\n申报号 Filing no.\n{FILING}\n本机流水号 Terminal serial\n{LOCAL}\n"
    assert read_paper(text + "终端编号 Terminal DEMO-0001") == SLIP
    assert not read_paper(text).whole


def test_a_run_can_be_played_again_and_so_can_one_round_of_it() -> None:
    run = list(plans(20261122, 50, aimed=False))
    assert run == list(plans(20261122, 50, aimed=False))
    for plan in run:
        (alone,) = plans(plan.seed, 1, aimed=False)
        assert (alone.offline, alone.strikes) == (plan.offline, plan.strikes)
    assert {strike.victim for plan in run for strike in plan.strikes} == {
        "session", "face_worker", "terminal", "platform", "printer", "network",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rounds", "aimed"),
    [
        pytest.param(3, True, id="aimed at the send"),
        # 200 rounds take about twenty minutes on two cores that have nothing else to do.
        pytest.param(200, False, id="at any moment", marks=[pytest.mark.long, pytest.mark.timeout(50 * 60)]),
    ],
)
def test_nothing_is_lost_doubled_or_told_falsely_and_a_terminal_that_lies_is_caught(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rounds: int, *, aimed: bool
) -> None:
    with nullcontext() if aimed else capsys.disabled():  # who waits for the long form wants to see it
        status = run_kills(tmp_path, rounds, seed=20261122, aimed=aimed)
    assert status == 0
    report = json.loads((tmp_path / "kills.json").read_text("utf-8"))
    figures = report["figures"]["all"]
    assert figures["rounds"] == rounds
    assert not any(figures["wrong"].values())
    assert figures["told"] >= max(1, rounds // 5)
    assert report["weakened_variant_caught"]
