from __future__ import annotations

import json
from pathlib import Path

from bench.citizen import Citizen
from bench.display import BenchDisplay
from bench.report import write_summary
from bench.scene import Album, Photograph, Played, Step, StepFailed, play
from bench.sight import Sight
from bench.touch import Finger
from tests.bench.windows import Window


async def touches_apply(citizen: Citizen, photograph: Photograph) -> None:
    await citizen.reads()
    await photograph()
    await citizen.touches("申请办理")
    await citizen.sees("label", "已收到")


async def looks_for_what_is_not_there(citizen: Citizen, photograph: Photograph) -> None:
    del photograph
    await citizen.touches("取消", within_s=0.2)


async def finds_a_wrong_record(citizen: Citizen, photograph: Photograph) -> None:
    del citizen, photograph
    raise StepFailed("the record is not this citizen's")


async def played(
    display: BenchDisplay, sight: Sight, folder: Path, *steps: Step
) -> tuple[list[Played], list[str]]:
    heard: list[str] = []
    with Finger(display) as finger:
        told = await play(
            steps,
            Citizen(sight, finger),
            Album(display, folder),
            lambda name, done: heard.append(f"{name} {'begins' if done is None else done.ok}"),
        )
    return told, heard


async def test_a_scene_is_timed_photographed_and_told_step_by_step(
    display: BenchDisplay, sight: Sight, window: Window, tmp_path: Path
) -> None:
    del window
    (step,), heard = await played(display, sight, tmp_path, Step("apply", touches_apply))
    assert step.ok
    assert 400 < step.ms < 10_000
    assert step.picture == tmp_path / "01-apply.png"
    assert step.picture.exists()
    assert heard == ["apply begins", "apply True"]


async def test_a_scene_ends_at_the_first_step_that_fails_and_says_what_was_there_instead(
    display: BenchDisplay, sight: Sight, window: Window, tmp_path: Path
) -> None:
    del window
    scene = [
        Step("apply", touches_apply),
        Step("cancel", looks_for_what_is_not_there),
        Step("never", touches_apply),
    ]
    told, _ = await played(display, sight, tmp_path, *scene)
    assert [step.ok for step in told] == [True, False]
    assert "no push button “取消” within 0.2 s" in told[1].trouble
    assert "label “已收到”" in told[1].on_screen
    assert (tmp_path / "02-cancel-failed.png").exists()


async def test_the_summary_says_which_step_failed_and_why(
    display: BenchDisplay, sight: Sight, tmp_path: Path
) -> None:
    told, _ = await played(display, sight, tmp_path, Step("record", finds_a_wrong_record))
    write_summary(tmp_path / "summary.json", told, {"ms": 1}, [])
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["ok"] is False
    assert summary["application_id"] is None
    assert summary["steps"][0]["trouble"] == "the record is not this citizen's"
    assert {"python", "PySide6", "Qt", "opencv", "dlib", "sqlite", "platform"} <= set(summary["versions"])
