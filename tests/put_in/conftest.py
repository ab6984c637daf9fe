"""The window of `tests.ui`, in a process in which no other window has taken the keys away from it."""

from __future__ import annotations

from tests.ui.conftest import application, complaints, one_stage, stage

__all__ = ["application", "complaints", "one_stage", "stage"]
