"""Values that a clerk writes as text and that have a shape: refused in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


@dataclass(frozen=True)
class Digits:
    """Text of digits only, of one of these lengths if any are named."""

    lengths: tuple[int, ...]

    def __init__(self, *lengths: int) -> None:
        object.__setattr__(self, "lengths", lengths)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after pydantic has checked that it is text."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def _checked(self, value: str) -> str:
        if re.fullmatch("[0-9]+", value) is None or (self.lengths and len(value) not in self.lengths):
            lengths = " or ".join(map(str, self.lengths))
            raise PydanticCustomError(
                "digits", "must be {what}, in quotes", {"what": f"{lengths} digits" if lengths else "digits"}
            )
        return value
