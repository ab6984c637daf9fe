"""National code tables and the arithmetic of numbers on identity documents.

GB/T 3304 (ethnic groups), GB 11643 (citizen numbers; residence permits and the foreign permanent resident's
card of 2023 number by it, too), and the check of the foreign permanent resident's card of 2017.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

_FIFTY_SIX = (
    "汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜",
    "满", "侗", "瑶", "白", "土家", "哈尼", "哈萨克", "傣", "黎", "傈僳",
    "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土",
    "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米",
    "塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔",
    "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺",
)  # fmt: skip

ETHNIC_GROUPS: Mapping[str, str] = MappingProxyType(
    {f"{number:02d}": name for number, name in enumerate(_FIFTY_SIX, start=1)}
    | {"97": "其他", "98": "外国血统中国籍人士"}
)
"""Two-digit code to Chinese name without 族 (GB/T 3304, with the two codes that identity cards add)."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NUMBER = re.compile(r"[0-9]{17}[0-9X]")

PERMIT_PREFIXES = frozenset({"810000", "820000", "830000"})
"""How the number of a residence permit begins: Hong Kong, Macau, Taiwan."""

FOREIGN_PREFIX = "9"
"""How a foreign permanent resident's number of 2023 begins."""

_FOREIGN_2017_WEIGHTS = (7, 3, 1)
_FOREIGN_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")
_NATIONALITY = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"[0-9]{8}")


def check_character(first_17: str) -> str:
    """The 18th character of an identity number (GB 11643, MOD 11-2). Raises `ValueError` for no 17 digits.

    >>> check_character("11010119900307001")
    '1'
    """
    if re.fullmatch(r"[0-9]{17}", first_17) is None:
        raise ValueError("an identity number begins with 17 digits")
    weighed = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True))
    return _CHECKS[weighed % 11]


def has_right_check(number: str) -> bool:
    """Whether `number` has 18 characters of the right kind and its last one fits (a capital X counts)."""
    return _NUMBER.fullmatch(number) is not None and check_character(number[:17]) == number[17]


def birth_in(number: str) -> date | None:
    """The date of birth inside an 18-character number; None where it is no day of the calendar."""
    return calendar_day(number[6:14]) if _NUMBER.fullmatch(number) else None


def foreign_2017_check(first_14: str) -> str:
    """The 15th character of a foreign permanent resident's number of 2017.

    Weights 7, 3, 1 in turn, A counts 10 … Z 35, modulo 10. The number is nationality (3), area (4), birth
    (YYMMDD), sequence (1), check (1). Raises `ValueError` for anything but three capital letters and
    eleven digits.

    >>> foreign_2017_check("CAN11008112140")
    '4'
    """
    if re.fullmatch(r"[A-Z]{3}[0-9]{11}", first_14) is None:
        raise ValueError("such a number begins with three capital letters and eleven digits")
    return str(
        sum(_FOREIGN_2017_WEIGHTS[place % 3] * int(sign, 36) for place, sign in enumerate(first_14)) % 10
    )


def has_right_foreign_2017_check(number: str) -> bool:
    """Whether `number` has the form of 2017 and its last digit fits."""
    return _FOREIGN_2017.fullmatch(number) is not None and foreign_2017_check(number[:14]) == number[14]


def foreign_2017_birth(number: str) -> str | None:
    """The `YYMMDD` inside a number of 2017, whose century nobody knows; None for a number of another form."""
    return number[7:13] if _FOREIGN_2017.fullmatch(number) else None


def is_nationality(code: str) -> bool:
    """Whether `code` has the form of ISO 3166-1 alpha-3. Which of them exist changes, and is not asked."""
    return _NATIONALITY.fullmatch(code) is not None


def calendar_day(text: str) -> date | None:
    """Read `YYYYMMDD`, ASCII digits only; None for anything that is no day of the calendar."""
    if _DATE.fullmatch(text) is None:
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
