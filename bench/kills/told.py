"""What a citizen is told, by a screen or by a slip: claims, read from the words alone. Pure.

The words are the product's own and are repeated here on purpose: when one of them changes, nobody is told
anything any more, and the run says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

WELCOME = "您要办什么事？"
KEPT = "已暂存本机，尚未提交"
RECEIVED = "平台已收件"
NOT_KEPT = ("没有保存，也没有提交", "没有保存")
"""The refusal of a commit; the lost terminal before anything was sent."""
UNSURE = "不能确定申请是否已保存"
NOTICE = "上一份申请已保存，流水号"

PRINTED = "凭条已打印，请取走。"
NOT_PRINTED = "凭条没有打出来。"

LOCAL_NO = re.compile(r"(?<![0-9-])[0-9]{4}-[0-9]{6}-[0-9]{4,6}(?![0-9-])")
FILING_NO = re.compile(r"(?<![0-9-])[0-9]{8}-[0-9]{8}-[0-9]{6}(?![0-9-])")

Claim = Literal["kept", "received", "not_kept", "unsure", "notice"]


@dataclass(frozen=True)
class Said:
    """One claim of one screen, with the numbers beside it."""

    claim: Claim
    local_no: str | None = None
    filing_no: str | None = None
    paper: Literal["printed", "not_printed", ""] = ""


@dataclass(frozen=True)
class Paper:
    """One piece of paper that came out. `whole`: from its title to its last line."""

    title: Literal["kept", "received", ""]
    local_no: str | None
    filing_no: str | None
    whole: bool


def said_on(headings: Iterable[str], words: Sequence[str]) -> Said | None:
    """Read the claim of one screen; None when it makes none, or was caught between two screens.

    `headings` are the names of its headings, `words` of everything on it.
    """
    titles = set(headings)
    text = "\n".join(words)
    local_no, filing_no = _first(LOCAL_NO, text), _first(FILING_NO, text)
    paper: Literal["printed", "not_printed", ""] = ""
    if PRINTED in words:
        paper = "printed"
    elif NOT_PRINTED in text:
        paper = "not_printed"
    if RECEIVED in titles and KEPT not in titles and local_no and filing_no:
        return Said("received", local_no, filing_no, paper)
    if KEPT in titles and RECEIVED not in titles and local_no:
        return Said("kept", local_no, None, paper)
    if titles & set(NOT_KEPT):
        return Said("not_kept")
    if UNSURE in titles:
        return Said("unsure")
    if WELCOME in titles and NOTICE in text and local_no:
        return Said("notice", local_no)
    return None


TERMINAL = re.compile(r"^ *Terminal [A-Z0-9]", re.MULTILINE)
"""The last line of a slip in English in large print."""


def read_paper(text: str) -> Paper:
    """Read a slip, or what there is of one."""
    title: Literal["kept", "received", ""] = ""
    if "收件凭条" in text or "Receipt slip" in text:
        title = "received"
    elif "暂存凭条" in text or "Kept slip" in text:
        title = "kept"
    whole = bool(title) and ("终端编号" in text or TERMINAL.search(text) is not None)
    return Paper(title, _first(LOCAL_NO, text), _first(FILING_NO, text), whole)


def _first(shape: re.Pattern[str], text: str) -> str | None:
    found = shape.search(text)
    return found[0] if found else None
