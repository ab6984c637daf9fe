"""What can be said of a number while it is being typed, before anybody has touched "continue"; pure.

Only what no further figure can mend is said: nobody is corrected in the middle of a good number.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from config.codes import birth_in, has_right_check
from config.item import CitizenIdQuestion, MobileQuestion, Question

LiveProblem = Literal["first_figure", "second_figure", "birth_part", "wrong_check"]

MOBILE_LENGTH: Final = 11
CITIZEN_ID_LENGTH: Final = 18
_BIRTH: Final = slice(6, 14)
_CENTURIES: Final = re.compile(r"(1|19|2|20)?|(19|20)[0-9]{1,6}")


def live_problem(asked: Question, typed: str) -> LiveProblem | None:
    """What is wrong with the figures typed so far, and stays wrong whatever follows."""
    match asked:
        case MobileQuestion():
            if typed[:1] not in {"", "1"}:
                return "first_figure"
            return "second_figure" if typed[1:2] in {"0", "1", "2"} else None
        case CitizenIdQuestion():
            if not _may_be_birth(typed[_BIRTH]):
                return "birth_part"
            whole = len(typed) == CITIZEN_ID_LENGTH
            return "wrong_check" if whole and not has_right_check(typed) else None
        case _:
            return None


def missing(asked: Question, typed: str) -> int:
    """How many figures are still to be typed; 0 for numbers of no fixed length."""
    wanted = {MobileQuestion: MOBILE_LENGTH, CitizenIdQuestion: CITIZEN_ID_LENGTH}.get(type(asked), 0)
    return max(0, wanted - len(typed))


def grouped(asked: Question, typed: str) -> str:
    """As people read it aloud: 138 0000 0000; 330106 19570308 0012; other codes by four."""
    match asked:
        case MobileQuestion():
            sizes = [3, 4, 4]
        case CitizenIdQuestion():
            sizes = [6, 8, 4]
        case _:
            sizes = [4] * (len(typed) // 4 + 1)
    parts, rest = [], typed
    for size in sizes:
        parts.append(rest[:size])
        rest = rest[size:]
    return " ".join(part for part in (*parts, rest) if part)


def with_key(asked: Question, typed: str, key: str, longest: int) -> str:
    """What stands there after a key. An X is the last of a citizen number, and nothing else there."""
    if len(typed) >= longest:
        return typed
    if isinstance(asked, CitizenIdQuestion) and key == "X" and len(typed) != CITIZEN_ID_LENGTH - 1:
        return typed
    return typed + key


def _may_be_birth(part: str) -> bool:
    """Whether a day of birth can begin like this."""
    if _CENTURIES.fullmatch(part) is None:
        return False
    year, month, day = part[:4], part[4:6], part[6:8]
    if len(month) == 2 and not "01" <= month <= "12":  # noqa: PLR2004 - two figures of a month
        return False
    if month[:1] > "1" or day[:1] > "3":
        return False
    return len(day) < 2 or birth_in(f"110101{year}{month}{day}0000") is not None  # noqa: PLR2004 - of a day
