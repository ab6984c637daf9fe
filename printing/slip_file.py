"""A slip as a file: what is said on it as YAML or JSON, as facts of a slip or a guide, or block by block.

docs/printing.md describes the format.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, assert_never

from pydantic import BaseModel, ConfigDict, Field

from config.data_files import DataFile, read_model
from config.plain import Loc
from printing.document import (
    Align,
    Block,
    Cut,
    Document,
    Gap,
    Line,
    Notice,
    Pair,
    Qr,
    Rule,
    Size,
    Table,
)
from printing.guide import GuideSlip, guide_document
from printing.slip import ClockTrust, SlipFacts, slip_document
from printing.wording import Language

_LONGEST_TEXT = 2000
Text = Annotated[str, Field(max_length=_LONGEST_TEXT)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class _Bilingual(_Part):
    zh: Text
    en: Text


class _Facts(_Part):
    terminal_id: Text
    hall_name: _Bilingual
    hall_phone: Text
    item_name: _Bilingual
    masked_name: Text
    masked_id_number: Text
    local_no: Text
    filing_no: Text | None = None
    kept_at: datetime
    received_at: datetime | None = None
    clock_trust: ClockTrust = "platform"
    next_steps: _Bilingual
    office_phone: Text
    statement: Text | None = None
    restore_codes: tuple[Text, ...] | None = None


class _Said(_Part):
    label: _Bilingual
    value: _Bilingual


class _Guide(_Part):
    terminal_id: Text
    hall_name: _Bilingual
    hall_phone: Text
    title: _Bilingual
    name: _Bilingual
    lines: tuple[_Said, ...]
    notice: _Bilingual | None = None
    code: Text | None = None
    url: Text | None = None
    printed_on: date


class _Line(_Part):
    kind: Literal["line"]
    text: Text
    size: Size = 1
    align: Align = "left"


class _Pair(_Part):
    kind: Literal["pair"]
    label: Text
    value: Text
    size: Size = 1


class _Table(_Part):
    kind: Literal["table"]
    rows: tuple[tuple[Text, ...], ...] = Field(min_length=1)


class _Notice(_Part):
    kind: Literal["notice"]
    text: Text


class _Rule(_Part):
    kind: Literal["rule"]


class _Gap(_Part):
    kind: Literal["gap"]
    dots: int = Field(default=16, ge=1, le=800)


class _Qr(_Part):
    kind: Literal["qr"]
    text: Text
    module_dots: int = Field(default=6, ge=1, le=16)


class _Cut(_Part):
    kind: Literal["cut"]


_Block = Annotated[_Line | _Pair | _Table | _Notice | _Rule | _Gap | _Qr | _Cut, Field(discriminator="kind")]


class _SlipFile(_Part):
    facts: _Facts | None = None
    guide: _Guide | None = None
    language: Language = "zh"
    document: tuple[_Block, ...] | None = None


def read_slip(path: Path, *, large: bool = False) -> Document:
    """What `path` says is on the slip, with the words of large print if told so. Raises `BadFile`."""
    file = read_model(path, _SlipFile)
    facts, guide, blocks = file.value.facts, file.value.guide, file.value.document
    if sum(part is not None for part in (facts, guide, blocks)) != 1:
        raise file.mistake((), "has either facts, guide or document")
    if facts is not None:
        return slip_document(_slip_facts(file, facts, large=large), file.value.language)
    if guide is not None:
        return guide_document(_guide_slip(guide, large=large), file.value.language)
    return tuple(_block(file, ("document", place), block) for place, block in enumerate(blocks or ()))


def _slip_facts(file: DataFile[_SlipFile], facts: _Facts, *, large: bool) -> SlipFacts:
    if (facts.filing_no is None) != (facts.received_at is None):
        missing = "filing_no" if facts.filing_no is None else "received_at"
        raise file.mistake(("facts", missing), "is missing: filing_no and received_at come together")
    given = {name: getattr(facts, name) for name in _Facts.model_fields}
    texts = {name: value.model_dump() for name, value in given.items() if isinstance(value, _Bilingual)}
    return SlipFacts(**{**given, **texts}, large=large)


def _guide_slip(guide: _Guide, *, large: bool) -> GuideSlip:
    return GuideSlip(
        terminal_id=guide.terminal_id,
        hall_name=guide.hall_name.model_dump(),
        hall_phone=guide.hall_phone,
        title=guide.title.model_dump(),
        name=guide.name.model_dump(),
        lines=tuple((line.label.model_dump(), line.value.model_dump()) for line in guide.lines),
        code=guide.code,
        url=guide.url,
        printed_on=guide.printed_on,
        notice=None if guide.notice is None else guide.notice.model_dump(),
        large=large,
    )


def _block(file: DataFile[_SlipFile], loc: Loc, block: _Block) -> Block:
    try:
        return _as_block(block)
    except ValueError as error:
        raise file.mistake(loc, str(error)) from None


def _as_block(block: _Block) -> Block:
    match block:
        case _Line(text=text, size=size, align=align):
            return Line(text, size, align)
        case _Pair(label=label, value=value, size=size):
            return Pair(label, value, size)
        case _Table(rows=rows):
            return Table(rows)
        case _Notice(text=text):
            return Notice(text)
        case _Rule():
            return Rule()
        case _Gap(dots=dots):
            return Gap(dots)
        case _Qr(text=text, module_dots=module_dots):
            return Qr(text, module_dots)
        case _Cut():
            return Cut()
        case _:
            assert_never(block)
