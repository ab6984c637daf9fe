"""Where people live: provinces, cities, districts and streets, by code and name.

`config/regions/*.yaml` hold them. Codes are those of GB/T 2260 (six digits: two of the province, two of the
city, two of the district); a street or town has nine, its district's first. What stands beneath what is read
from the codes. What nobody has written down is typed: another province's cities, another district's streets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from config.data_files import DataFile, files_in, read_model
from config.item_basics import DataModel
from config.listing import Name

SHIPPED: Final = Path(__file__).with_name("regions")
ANYWHERE: Final = ""
"""What provinces stand beneath."""
_CODE: Final = re.compile(r"[1-9][0-9]{5}|[1-9][0-9]{8}")
_STREET_DIGITS: Final = 9


class RegionFile(DataModel):
    """One file of regions."""

    source: str
    complete: bool
    """Whether every region is there of the level that the file is about."""
    verified: bool
    invented: bool = False
    regions: Mapping[str, Name]


@dataclass(frozen=True)
class Region:
    """A province, city, district or street."""

    code: str
    name: Name


@dataclass(frozen=True)
class Regions:
    """All of them, by code."""

    by_code: Mapping[str, Region]

    def path(self, code: str) -> tuple[Region, ...]:
        """From the province down to `code` itself; empty for a code that is not here."""
        found = []
        while code != ANYWHERE:
            if code not in self.by_code:
                return ()
            found.append(self.by_code[code])
            code = above(code)
        return tuple(reversed(found))

    def beneath(self, code: str, first: str = "") -> tuple[Region, ...]:
        """What stands directly beneath, by code; that in which `first` lies before all others."""
        here = sorted(
            (each for each in self.by_code.values() if above(each.code) == code), key=lambda each: each.code
        )
        ahead = {above(above(first)), above(first), first} if first else set()
        return tuple(sorted(here, key=lambda each: each.code not in ahead))

    def is_last(self, code: str) -> bool:
        """Whether nothing more is picked beneath it, and the rest is typed."""
        return code in self.by_code and not self.beneath(code)

    def full_name(self, code: str, language: str = "zh") -> str:
        """The name with all that it lies in: 浙江省杭州市西湖区, or "Xihu District, Hangzhou, Zhejiang"."""
        names = [each.name(language) for each in self.path(code)]
        return ", ".join(reversed(names)) if language == "en" else "".join(names)


def above(code: str) -> str:
    """What a region lies in; `ANYWHERE` for a province."""
    if len(code) == _STREET_DIGITS:
        return code[:6]
    if code.endswith("0000") or not code:
        return ANYWHERE
    return f"{code[:2]}0000" if code.endswith("00") else f"{code[:4]}00"


@cache
def regions(directory: Path = SHIPPED) -> Regions:
    """Every region of a directory. Raises `config.plain.BadFile` with file, line and code."""
    files = [read_model(path, RegionFile) for path in files_in(directory, "region")]
    found: dict[str, Region] = {}
    for file in files:
        for code, name in file.value.regions.items():
            if _CODE.fullmatch(code) is None:
                raise file.mistake(("regions", code), "is no code of six digits, or of nine for a street")
            if code in found:
                raise file.mistake(("regions", code), f'"{found[code].name.zh}" has this code already')
            found[code] = Region(code, name)
    _hold_together(files, found)
    return Regions(found)


def _hold_together(files: Iterable[DataFile[RegionFile]], found: Mapping[str, Region]) -> None:
    for file in files:
        for code in file.value.regions:
            upper = above(code)
            if upper != ANYWHERE and upper not in found:
                raise file.mistake(("regions", code), f'lies in "{upper}", which is nowhere')
