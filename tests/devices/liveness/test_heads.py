"""Rendered heads as the detector and the predictor see them."""

from __future__ import annotations

import numpy as np
import pytest

from devices.eyes.liveness import Sight
from devices.eyes.liveness_finder import PointFinder
from devices.eyes.matching import FaceModels
from devices.simulators.heads import Head, Pose, Scene, View, five_points, render
from devices.simulators.heads.rendering import wall


@pytest.fixture(scope="module")
def models() -> FaceModels:
    return FaceModels()


@pytest.fixture(scope="module")
def head() -> Head:
    return Head.of(4)


@pytest.mark.parametrize("yaw", [-25, 0, 25])
@pytest.mark.parametrize("view", [View(320, 240), View()], ids=["320x240", "640x480"])
def test_the_points_are_found_where_they_are(models: FaceModels, head: Head, view: View, yaw: float) -> None:
    pose = Pose(yaw_deg=yaw)
    points = PointFinder(models).look(0.0, render(head, pose, view, Scene(), np.random.default_rng(1)))
    assert not isinstance(points, Sight)
    true = five_points(head, pose, view)
    assert np.abs(points - true).max() < 0.1 * np.linalg.norm(true[0] - true[2])


def test_a_number_is_always_the_same_person_and_another_number_another() -> None:
    one, again, other = (render(Head.of(number), Pose()) for number in (4, 4, 7))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_a_wall_without_a_person_is_nobody_and_two_persons_are_several(
    models: FaceModels, head: Head
) -> None:
    finder = PointFinder(models)
    assert finder.look(0.0, wall(View(), 3)) is Sight.NOBODY
    two = np.hstack([render(head, Pose(), View(320, 480, 32.0)), render(head, Pose(), View(320, 480, 32.0))])
    assert finder.look(1.0, two) is Sight.SEVERAL
