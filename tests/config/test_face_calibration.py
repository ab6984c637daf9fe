"""A face threshold above 0.5 has to be proven; a calibration holds for the program it was made with."""

from pathlib import Path

import pytest

from config.calibration import PIPELINE, lower_bound, upper_bound
from config.layers import BadConfiguration, load

SITE = Path("deploy/terminal.example.toml")

CALIBRATED = f"""\
[face]
threshold = 0.53

[face.calibration]
date = 2026-03-14
pipeline = "{PIPELINE}"
threshold = 0.53
far = 0.001
impostor_pairs = 4000
false_accepts = 0
far_bound = 0.0008
genuine_pairs = 64
tar = 0.98
tar_bound = 0.93
"""


def complaint(tmp_path: Path, text: str) -> str:
    file = tmp_path / "face.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadConfiguration) as raised:
        load([SITE, file])
    return str(raised.value).removeprefix(f"{file}:")


def test_a_calibration_with_strangers_enough_may_raise_the_threshold(tmp_path: Path) -> None:
    file = tmp_path / "face.toml"
    file.write_text(CALIBRATED, "utf-8")
    face = load([SITE, file]).settings.face
    assert face.threshold == 0.53
    assert face.calibration is not None
    assert face.calibration.impostor_pairs == 4000


def test_a_threshold_above_a_half_that_somebody_wrote_by_hand_is_refused(tmp_path: Path) -> None:
    assert complaint(tmp_path, "[face]\nthreshold = 0.51\n").startswith(
        "2: face.threshold: must be at most 0.5 (it says 0.51) without a calibration"
    )


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("impostor_pairs = 4000", "impostor_pairs = 400"),
        ("false_accepts = 0", "false_accepts = 2"),
        ("far = 0.001", "far = 0.01"),
    ],
)
def test_a_calibration_that_proves_too_little_is_refused(tmp_path: Path, was: str, now: str) -> None:
    assert ": face.calibration: does not prove a threshold above 0.5" in complaint(
        tmp_path, CALIBRATED.replace(was, now)
    )


def test_a_calibration_of_another_pipeline_is_refused(tmp_path: Path) -> None:
    other = CALIBRATED.replace(PIPELINE, "2025-9")
    assert 'face.calibration: was made with pipeline "2025-9"' in complaint(tmp_path, other)


def test_a_threshold_above_the_calibrated_one_is_refused(tmp_path: Path) -> None:
    higher = CALIBRATED.replace("threshold = 0.53", "threshold = 0.55", 1)
    assert complaint(tmp_path, higher).startswith("2: face.threshold: is above the calibrated one")


@pytest.mark.parametrize(
    ("events", "trials", "bound"),
    # 1 - 0.05^(1/n) for none; the others from R's binom.test(…, alternative = "less").
    [(0, 100, 0.029513), (0, 3000, 0.000998), (1, 100, 0.046560), (5, 1000, 0.010484), (10, 10, 1.0)],
)
def test_the_bounds_are_those_of_clopper_and_pearson(events: int, trials: int, bound: float) -> None:
    assert upper_bound(events, trials) == pytest.approx(bound, abs=2e-5)
    assert lower_bound(trials - events, trials) == pytest.approx(1 - bound, abs=2e-5)
