"""When a face threshold may be used: what a calibration has to prove, and the bounds that prove it."""

from __future__ import annotations

import math

from config.settings import FaceSettings

PIPELINE = "2026-1"
"""The way from two pictures to a distance. It changes whenever the same pictures would give other distances:
a calibration holds for one pipeline."""

UNPROVEN_MOST = 0.5
"""The highest threshold that needs no proof."""

MOST_FAR = 0.001
"""Share of strangers that may be accepted for a higher one, at 95 % confidence (GB/T 38671-2020)."""

CONFIDENCE = 0.95


def threshold_problem(face: FaceSettings) -> tuple[str, str] | None:
    """Which key of `[face]` is wrong, and why; None when the threshold may be used."""
    calibration = face.calibration
    if calibration is not None and calibration.pipeline != PIPELINE:
        was = f'was made with pipeline "{calibration.pipeline}", this program has "{PIPELINE}"'
        return "calibration", f"{was}: calibrate again, or remove it and its threshold"
    if face.threshold > UNPROVEN_MOST:
        if calibration is None:
            return "threshold", (
                f"must be at most {UNPROVEN_MOST:g} (it says {face.threshold:g}) without a calibration that "
                "proves it; see python main.py face calibrate"
            )
        bound = upper_bound(calibration.false_accepts, calibration.impostor_pairs)
        if calibration.far > MOST_FAR or bound > calibration.far:
            proven = f"its {calibration.impostor_pairs} pairs of strangers prove {bound:.2%}"
            return "calibration", (
                f"does not prove a threshold above {UNPROVEN_MOST:g}: at most {MOST_FAR:.1%} of strangers "
                f"may be accepted, {proven}"
            )
    if calibration is not None and face.threshold > calibration.threshold:
        says = f"it says {face.threshold:g}, the calibration {calibration.threshold:g}"
        return "threshold", f"is above the calibrated one ({says})"
    return None


def upper_bound(events: int, trials: int, confidence: float = CONFIDENCE) -> float:
    """The largest probability that `events` in `trials` leave possible (Clopper and Pearson, one-sided)."""
    if events >= trials:
        return 1.0
    low, high = events / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(events, trials, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def lower_bound(events: int, trials: int, confidence: float = CONFIDENCE) -> float:
    """The smallest probability that `events` in `trials` leave possible (Clopper and Pearson, one-sided)."""
    return 1 - upper_bound(trials - events, trials, confidence) if trials else 0.0


def _at_most(events: int, trials: int, probability: float) -> float:
    """The chance of `events` or fewer in `trials`."""
    if probability <= 0:
        return 1.0
    if probability >= 1:
        return 0.0
    yes, no = math.log(probability), math.log1p(-probability)
    whole = math.lgamma(trials + 1)
    return math.fsum(
        math.exp(
            whole - math.lgamma(each + 1) - math.lgamma(trials - each + 1) + each * yes + (trials - each) * no
        )
        for each in range(events + 1)
    )
