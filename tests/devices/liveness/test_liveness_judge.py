"""The judge of five points, told where the points of turning heads and pictures are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest

from devices.contracts.liveness import Finding, LivenessLevel, LivenessReason, LivenessVerdict
from devices.eyes.liveness import Judged, Liveness, Progress, Sight
from devices.eyes.liveness_challenge import Ask, Challenge, Limits, LookAhead, Side, TurnTo, random_challenge
from devices.eyes.liveness_video import LIMITS as RECORDING
from devices.eyes.pictures import Points
from devices.simulators.heads import Head, Pose, five_points
from devices.simulators.heads.attacks import Sheet, sheet, sheet_pose
from devices.simulators.heads.sittings import ATTACKS, GENUINE, REPLAY, drawn_challenge, sit, sitting

SEEDS = (0, 40, 80)
"""All of one identity: making a head takes longer than a sitting."""

SURE = [one for one in ATTACKS if not any(word in one for word in ("bent upright", "lean", "slant"))]
"""The others are mostly found out, not always: their rates are measured, in docs/benchmarks.md."""

LEFT_RIGHT = (Ask(Side.LEFT), Ask(Side.RIGHT))
NOTHING_ASKED = Limits(reaction_s=0.0)

Motion = Callable[[float], Pose]


@pytest.fixture(scope="module")
def head() -> Head:
    return Head.of(0)


def turning(*turns: tuple[float, float], smooth_s: float = 0.5, hold_s: float = 1.0) -> Motion:
    """A motion that goes to a yaw at a second, stays there for a moment and comes back."""

    def pose(t_s: float) -> Pose:
        yaw = 0.0
        for begin_s, to_deg in turns:
            there = np.clip((t_s - begin_s) / smooth_s, 0, 1) - np.clip(
                (t_s - begin_s - hold_s) / smooth_s, 0, 1
            )
            yaw += to_deg * float(there)
        return Pose(yaw_deg=yaw)

    return pose


def seen(shown: Head, motion: Motion, until_s: float, fps: float = 20) -> Iterable[tuple[float, Points]]:
    """Exact points, frame by frame."""
    for number in range(round(until_s * fps)):
        pose = motion(number / fps)
        pose = sheet_pose(pose) if shown.thin else pose
        yield number / fps, five_points(shown, pose).astype(np.float64)


def judged(
    frames: Iterable[tuple[float, Points | Sight]],
    challenge: Challenge = LEFT_RIGHT,
    limits: Limits = NOTHING_ASKED,
) -> Judged:
    judge = Liveness(challenge, 0.0, limits)
    for t_s, sight in frames:
        judge.see(t_s, sight)
    return judge.end()


@pytest.mark.parametrize("species", GENUINE)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_person_who_turns_as_asked_is_live(species: str, seed: int) -> None:
    verdict = sit(sitting(species, seed), drawn_challenge(seed), None).verdict
    assert verdict == LivenessVerdict("five-points/1", LivenessLevel.BASIC, Finding.LIVE)
    assert verdict.reached is LivenessLevel.BASIC


@pytest.mark.parametrize("species", SURE)
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_a_flat_picture_is_not_live_however_it_is_turned(species: str, seed: int) -> None:
    verdict = sit(sitting(species, seed), drawn_challenge(seed), None).verdict
    assert not verdict.live
    assert verdict.reached is LivenessLevel.NONE


def test_a_flat_picture_turned_as_asked_is_called_flat(head: Head) -> None:
    motion = turning((1.0, 40), (4.0, -40))
    assert judged(seen(sheet(head, Sheet()), motion, 7)).verdict.reason is LivenessReason.FLAT
    assert judged(seen(head, turning((1.0, 25), (4.0, -25)), 7)).verdict.live


def test_another_challenges_recording_is_a_wrong_turn() -> None:
    for seed in SEEDS:
        verdict = sit(sitting(REPLAY, seed), drawn_challenge(seed), None).verdict
        assert (verdict.verdict, verdict.reason) == (Finding.ATTACK, LivenessReason.WRONG_TURN)


def test_left_is_the_persons_own_left_and_right_in_the_camera_picture(head: Head) -> None:
    ahead, left = five_points(head, Pose()), five_points(head, Pose(yaw_deg=20))
    assert (left[4] - left[[0, 2]].mean(axis=0))[0] > (ahead[4] - ahead[[0, 2]].mean(axis=0))[0]
    to_left = list(seen(head, turning((1.0, 20)), 4))
    assert judged(to_left, (Ask(Side.LEFT),)).verdict.live
    assert judged(to_left, (Ask(Side.RIGHT),)).verdict.reason is LivenessReason.WRONG_TURN


def test_a_mirrored_picture_would_turn_left_into_right(head: Head) -> None:
    mirrored = [
        (t_s, np.column_stack([640 - points[[2, 3, 0, 1, 4], 0], points[[2, 3, 0, 1, 4], 1]]))
        for t_s, points in seen(head, turning((1.0, 20)), 4)
    ]
    assert judged(mirrored, (Ask(Side.LEFT),)).verdict.reason is LivenessReason.WRONG_TURN


def test_a_small_turn_counts_and_swaying_does_not(head: Head) -> None:
    assert judged(seen(head, turning((1.0, 13), (4.0, -13)), 7)).verdict.live
    swaying = seen(head, lambda t_s: Pose(yaw_deg=3 * np.sin(2 * t_s), x_mm=10 * np.sin(t_s)), 9)
    assert judged(swaying).verdict.reason is LivenessReason.NO_MOTION


@pytest.mark.parametrize("fps", [10, 30])
def test_seconds_count_and_frames_do_not(head: Head, fps: int) -> None:
    assert judged(seen(head, turning((1.0, 25), (4.0, -25)), 7, fps)).verdict.live
    late = judged(seen(head, turning((1.0, 25), (12.0, -25)), 15, fps))
    assert late.verdict.reason is LivenessReason.TOO_LATE
    assert [turn.side for turn in late.turns] == [Side.LEFT]


def test_the_verdict_names_when_each_turn_happened_and_when_the_face_looked_ahead(head: Head) -> None:
    result = judged(seen(head, turning((1.0, 25), (4.0, -25)), 7))
    left, right = result.turns
    assert 1.0 < left.turned_s < 1.6 < left.returned_s < 4.0 < right.turned_s < right.returned_s < 6.0
    assert result.ahead_s
    assert all(not 1.3 < t_s < 2.3 for t_s in result.ahead_s)


def test_a_turn_before_anybody_can_have_heard_the_asking_is_no_answer(head: Head) -> None:
    challenge = (Ask(Side.LEFT, pause_s=0.8),)
    asked_s = 1.08  # it takes 0.28 s to be sure that somebody looks ahead

    def turned_from(begin_s: float) -> LivenessVerdict:
        return judged(seen(head, turning((begin_s, 30), smooth_s=0.2), 4), challenge, Limits()).verdict

    assert turned_from(asked_s - 0.4).reason is LivenessReason.WRONG_TURN
    assert turned_from(asked_s - 0.1).reason is LivenessReason.WRONG_TURN
    assert turned_from(asked_s + 0.3).live


def test_a_recording_is_the_whole_answer(head: Head) -> None:
    frames = list(seen(head, turning((1.0, 25), (4.0, -25)), 7))
    turns = {
        "left,right": LivenessReason.NONE,
        "left": LivenessReason.WRONG_TURN,
        "left,right,left": LivenessReason.TOO_LATE,
    }
    for words, reason in turns.items():
        challenge = tuple(Ask(Side(word)) for word in words.split(","))
        assert judged(frames, challenge, RECORDING).verdict.reason is reason


def test_the_person_is_asked_to_come_back_before_the_next_turn(head: Head) -> None:
    judge = Liveness(LEFT_RIGHT, 0.0, NOTHING_ASKED)
    asked: list[Progress] = []
    for t_s, points in seen(head, turning((1.0, 25), (4.0, -25)), 7):
        progress = judge.see(t_s, points)
        if not asked or asked[-1] != progress:
            asked.append(progress)
    assert asked[:-1] == [
        LookAhead(),
        TurnTo(Side.LEFT, 0),
        LookAhead(),
        TurnTo(Side.RIGHT, 1),
        LookAhead(),
    ]
    assert isinstance(asked[-1], Judged)


def test_somebody_else_who_takes_the_place_ends_it(head: Head) -> None:
    other = replace(head, points_mm=head.points_mm * np.array([1.0, 1.2, 1.0], np.float32))
    motion = turning((1.0, 25), (4.0, -25))
    frames = [
        first if first[0] < 2.0 else second
        for first, second in zip(seen(head, motion, 7), seen(other, motion, 7), strict=True)
    ]
    assert judged(frames).verdict.reason is LivenessReason.JUMPED


def test_a_face_that_is_suddenly_elsewhere_ends_it(head: Head) -> None:
    frames = [
        (t_s, points + (150 if t_s > 1.2 else 0))
        for t_s, points in seen(head, turning((1.0, 25), (4.0, -25)), 7)
    ]
    assert judged(frames).verdict.reason is LivenessReason.JUMPED


def test_a_second_face_ends_it_and_a_passing_one_does_not(head: Head) -> None:
    frames = list(seen(head, turning((1.0, 25), (4.0, -25)), 7))

    def with_second(until_s: float) -> Judged:
        return judged((t_s, Sight.SEVERAL if 0.5 < t_s < until_s else points) for t_s, points in frames)

    assert with_second(0.8).verdict.live
    assert with_second(1.5).verdict.reason is LivenessReason.SEVERAL_FACES


def test_nobody_and_somebody_who_leaves_are_said(head: Head) -> None:
    nobody = [(number / 10, Sight.NOBODY) for number in range(50)]
    assert judged(nobody).verdict.reason is LivenessReason.NO_FACE
    frames = seen(head, turning((1.0, 25), (4.0, -25)), 7)
    left = [(t_s, points if t_s < 3 else Sight.NOBODY) for t_s, points in frames]
    assert judged(left).verdict.reason is LivenessReason.NO_FACE


def test_points_that_are_no_face_are_no_look() -> None:
    values = (0.0, np.nan, 7.0)
    nonsense = [(number / 10, np.full((5, 2), value)) for number, value in enumerate(values)]
    assert judged(nonsense).verdict.reason is LivenessReason.NO_FACE


def test_a_verdict_is_live_exactly_without_a_reason() -> None:
    with pytest.raises(ValueError, match="flat"):
        LivenessVerdict("m", LivenessLevel.BASIC, Finding.LIVE, LivenessReason.FLAT)
    with pytest.raises(ValueError, match="attack"):
        LivenessVerdict("m", LivenessLevel.BASIC, Finding.ATTACK)


def test_a_level_satisfies_itself_and_lower_ones() -> None:
    none, basic, certified = LivenessLevel
    assert certified.satisfies(basic)
    assert basic.satisfies(basic)
    assert not basic.satisfies(certified)
    assert none.satisfies(none)


def test_challenges_cannot_be_foreseen() -> None:
    challenges = [random_challenge() for _ in range(60)]
    assert len({tuple(ask.side for ask in one) for one in challenges}) > 4
    assert len({ask.pause_s for one in challenges for ask in one}) > 50
    assert all(0.2 <= ask.pause_s < 0.9 for one in challenges for ask in one)


class MovingNose:
    """The weakened judge: a nose that moves to the asked side of the picture is a turn, and that is life."""

    def __init__(self, challenge: Challenge) -> None:
        self._sides = [ask.side.sign for ask in challenge]
        self._at: float | None = None

    def see(self, points: Points) -> bool:
        """Say whether all turns came."""
        nose, span = points[4, 0], np.linalg.norm(points[0] - points[2])
        self._at = nose if self._at is None else self._at
        if self._sides and (nose - self._at) * self._sides[0] > 0.12 * span:
            self._sides.pop(0)
        return not self._sides


def test_the_flat_pictures_catch_a_judge_that_only_watches_the_nose_move(head: Head) -> None:
    flat = sheet(head, Sheet())
    frames = list(
        seen(flat, lambda t_s: replace(turning((1.0, 40), (4.0, -40))(t_s), x_mm=30 * np.sin(t_s)), 7)
    )
    weak = MovingNose(LEFT_RIGHT)
    accepted = [weak.see(points) for _, points in frames]
    assert accepted[-1]
    assert not judged(frames).verdict.live
