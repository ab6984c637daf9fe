"""What opens windows beside the one of `tests.ui`: apart from it, for they take the keys away from it."""

from __future__ import annotations

from tests.ui.conftest import application, complaints, one_stage, stage

__all__ = ["application", "complaints", "one_stage", "stage"]
