"""Rendered heads: people who do not exist, turning before a camera that does not exist.

    head = Head.of(7)                                # identity 7: geometry, skin, hair; always the same
    picture = render(head, Pose(yaw_deg=20))         # 640×480, blue-green-red, as cameras see it
    picture = render(head, Pose(pitch_deg=5, distance_mm=700), View(1280, 720), Scene(light_deg=40, dim=0.6))
    points = five_points(head, Pose(yaw_deg=20))     # where the five points really are, without a predictor

`yaw_deg` above zero is a turn to the person's *own left*: the nose moves to the right of the picture.
`Person` follows a challenge as people do; `attacks` shows flat and bent pictures instead of a head.
A picture takes about 15 ms at 640×480. dlib finds the face through a yaw of about ±35°.
"""

from devices.simulators.heads.geometry import Head
from devices.simulators.heads.rendering import Pose, Scene, View, five_points, render

__all__ = ["Head", "Pose", "Scene", "View", "five_points", "render"]
