"""Scenes of what stands beside every screen, on screens that leave it little room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk.session import stages as st
from kiosk.session.helping import Cause


def beside_scenes(scenes: Mapping[str, st.Session]) -> dict[str, st.Session]:
    """By name; `scenes` are those without it."""
    return {
        "hidden": replace(scenes["review"], hidden=True),
        "help_offered": replace(scenes["question_purpose"], offer=Cause.HESITATION),
        "help_offered_typing": replace(scenes["question_former_names"], offer=Cause.MISSED),
        "visit_ends": replace(scenes["question_purpose"], ends_in_min=5),
        "call_told": replace(scenes["face_not_recognised"], call="told"),
        "call_not_told_visit_ends": replace(scenes["review"], call="not_told", ends_in_min=5),
    }
