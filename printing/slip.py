"""The slip a citizen takes home: what became of the application, in words that claim no more than is true.

A terminal can say two things: *kept* (暂存: on this terminal only, not submitted) or *received* (收件: the
platform has signed for it). Acceptance (受理) is an act of the authority: no slip is called 受理通知书, and
no seal is on it. No result is on a slip, so a confidential matter's slip is like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Literal

from printing.document import Block, Cut, Document, Gap, Line, Notice, Pair, Qr, Rule
from printing.wording import Language, hall_moment, in_one_language

ClockTrust = Literal["platform", "system", "untrusted"]
"""How far the printed times can be believed: checked with the platform, the system's word, known wrong."""


@dataclass(frozen=True, repr=False)
class SlipFacts:
    """All that a slip says; names and numbers arrive masked."""

    terminal_id: str
    hall_name: Mapping[str, str]
    hall_phone: str
    item_name: Mapping[str, str]
    masked_name: str
    masked_id_number: str
    local_no: str
    filing_no: str | None
    kept_at: datetime
    received_at: datetime | None
    clock_trust: ClockTrust
    next_steps: Mapping[str, str]
    office_phone: str
    large: bool = False
    """In large print, for a person of an age."""
    statement: str | None = None
    """The terminal's signed statement of all this, for the QR code; None where it makes none."""
    restore_codes: tuple[str, ...] | None = None
    """The sealed application, a QR code each; empty where it is too long, None where a hall prints none."""
    members: tuple[SlipMember, ...] = ()
    """What a joint matter is made of."""
    awaited: tuple[SlipAwaited, ...] = ()
    """Whoever has still to sign."""


@dataclass(frozen=True)
class SlipMember:
    """One matter of a joint matter; texts by language."""

    item: str
    name: Mapping[str, str]
    office: Mapping[str, str]
    company: bool = False
    """A company takes it over; nobody there accepts it (受理)."""
    filing_no: str | None = None
    left_out: Mapping[str, str] | None = None
    """Why it is not done this time; None where it is."""


@dataclass(frozen=True)
class SlipAwaited:
    """Somebody whose signature is awaited, and how they give it; texts by language."""

    who: Mapping[str, str]
    how: Mapping[str, str]


@dataclass(frozen=True)
class _Claim:
    """What a slip claims about the application."""

    title: str
    subtitle: str
    notice: str
    first: str
    """What happens before the authority does anything."""


@dataclass(frozen=True)
class _Words:
    kept: _Claim
    received: _Claim
    matter: str
    local_no: str
    filing_no: str
    no_filing_no: str
    case_no: str
    no_case_no: str
    name: str
    id_number: str
    kept_at: str
    received_at: str
    clock: Mapping[ClockTrust, str]
    next_steps: str
    office_phone: str
    hall_phone: str
    terminal: str
    reprint: str
    qr: str
    statement: str
    restore: str
    no_restore: str
    time_format: str
    member_kept: str
    member_received: str
    member_taken_over: str
    member_left_out: str
    awaited: str


_WORDS: Mapping[Language, _Words] = {
    "zh": _Words(
        kept=_Claim(
            title="暂存凭条",
            subtitle="Kept slip: not submitted yet",
            notice="已暂存本机，尚未提交，不代表已受理；以平台收件时间为准。",
            first="网络恢复后，本机会自动提交。",
        ),
        received=_Claim(
            title="收件凭条",
            subtitle="Receipt slip: received by the platform",
            notice="平台已收件，是否受理以办理机关通知为准。",
            first="",
        ),
        matter="办理事项 Matter",
        local_no="本机流水号 Terminal serial",
        filing_no="申报号 Filing no.",
        no_filing_no="平台收件后产生",
        case_no="办件编号 Case no.",
        no_case_no="受理后由办理机关告知",
        name="姓名 Name",
        id_number="证件号码 ID no.",
        kept_at="暂存时间 Kept at",
        received_at="收件时间 Received at",
        clock={
            "platform": "",
            "system": "暂存时间取自本机时钟，未与平台核对。",
            "untrusted": "本机时钟不准，暂存时间仅供参考。",
        },
        next_steps="下一步 What happens next",
        office_phone="咨询办理机关 Ask the authority",
        hall_phone="咨询本大厅 Ask this hall",
        terminal="终端编号 Terminal",
        reprint="补打：与前一张作一张用 Reprint",
        qr="二维码内只有以上编号",
        statement="扫码可核验本凭条真伪，码内无个人信息",
        restore="以下二维码为加密的申请内容，仅平台可解密。本机损坏时，凭此条可恢复申请，请妥善保管。",
        no_restore="申请内容较多，未能印在本条上。本机损坏时，请致电本大厅。",
        time_format="{0.year}年{0.month}月{0.day}日 {0:%H:%M}",
        member_kept="尚未提交",
        member_received="平台已收件",
        member_taken_over="公司已接收",
        member_left_out="这次不办：",
        awaited="还没签名 To be signed by",
    ),
    "en": _Words(
        kept=_Claim(
            title="Kept slip",
            subtitle="暂存凭条",
            notice="Kept on this terminal. Not submitted yet. This does not mean that it is accepted. What "
            "counts is the time when the platform receives it.",
            first="When the network is back, this terminal submits it by itself. ",
        ),
        received=_Claim(
            title="Receipt slip",
            subtitle="收件凭条",
            notice="The platform has received it. The authority will tell you whether it is accepted.",
            first="",
        ),
        matter="Matter 办理事项",
        local_no="Terminal serial 本机流水号",
        filing_no="Filing no. 申报号",
        no_filing_no="given when the platform receives it",
        case_no="Case no. 办件编号",
        no_case_no="told by the authority on acceptance",
        name="Name 姓名",
        id_number="ID no. 证件号码",
        kept_at="Kept at 暂存时间",
        received_at="Received at 收件时间",
        clock={
            "platform": "",
            "system": "The time kept is this terminal's own, not checked with the platform.",
            "untrusted": "This terminal's clock is wrong: take the time kept as a rough guide only.",
        },
        next_steps="What happens next 下一步",
        office_phone="Ask the authority 咨询办理机关",
        hall_phone="Ask this hall 咨询本大厅",
        terminal="Terminal 终端编号",
        reprint="Reprint: the same slip again 补打",
        qr="The QR code holds only the numbers above",
        statement="The QR code proves this slip; nothing personal is in it",
        restore="The codes below hold your application, sealed: only the platform can read it. Keep this "
        "slip: if this terminal breaks down, the application can be brought back with it.",
        no_restore="The application is too long to be printed here. If this terminal breaks down, call "
        "this hall.",
        time_format="{0:%Y-%m-%d %H:%M}",
        member_kept="not submitted yet",
        member_received="received by the platform",
        member_taken_over="taken over by the company",
        member_left_out="not done this time: ",
        awaited="To be signed by 还没签名",
    ),
}


def slip_document(facts: SlipFacts, language: Language, *, reprint: bool = False) -> Document:
    """The slip in `language`: Chinese with short English labels, or English first with the Chinese name.

    In large print each label is in one language: there is no room for two. Times are printed in China
    Standard Time; a time without a zone as it is. A `reprint` says so: two slips stand for one application.
    """
    words = _one_language(_WORDS[language], language) if facts.large else _WORDS[language]
    claim = _claim(facts, words)
    return (
        Line(facts.hall_name[language], align="center"),
        Gap(12),
        Line(claim.title, size=2, align="center"),
        *(() if facts.large else (Line(claim.subtitle, align="center"),)),
        *((Line(words.reprint, align="center"),) if reprint else ()),
        Gap(12),
        Notice(claim.notice),
        *(() if language == "zh" else (Line(_claim(facts, _WORDS["zh"]).notice),)),
        Gap(12),
        *_matter(facts, language, words),
        Gap(12),
        *_numbers(facts, words),
        Rule(),
        Pair(words.name, facts.masked_name),
        Pair(words.id_number, facts.masked_id_number),
        *_times(facts, words),
        Rule(),
        *_members(facts, language),
        *_awaited(facts, language, words),
        Line(words.next_steps),
        Line(claim.first + facts.next_steps[language], size=2),
        Gap(12),
        Pair(words.office_phone, facts.office_phone, size=2),
        Pair(words.hall_phone, facts.hall_phone, size=2),
        Gap(_APART_DOTS),
        Qr(qr_text(facts)),
        Gap(_APART_DOTS),
        Line(words.qr if facts.statement is None else words.statement, align="center"),
        Line(f"{words.terminal} {facts.terminal_id}", align="center"),
        *_restore(facts, words),
        Cut(),
    )


def _one_language(words: _Words, language: Language) -> _Words:
    """The labels without their other language."""
    one = partial(in_one_language, language=language)

    return replace(
        words,
        matter=one(words.matter),
        local_no=one(words.local_no),
        filing_no=one(words.filing_no),
        case_no=one(words.case_no),
        name=one(words.name),
        id_number=one(words.id_number),
        kept_at=one(words.kept_at),
        received_at=one(words.received_at),
        next_steps=one(words.next_steps),
        office_phone=one(words.office_phone),
        hall_phone=one(words.hall_phone),
        terminal=one(words.terminal),
        awaited=words.awaited.removesuffix(" To be signed by").removesuffix(" 还没签名"),
    )


def qr_text(facts: SlipFacts) -> str:
    """What a scanner reads: the signed statement, or else the numbers. Nothing personal."""
    return facts.statement or f"hall-terminal:slip:1:{facts.local_no}:{facts.filing_no or '-'}"


def _restore(facts: SlipFacts, words: _Words) -> tuple[Block, ...]:
    """Only on a slip that says "kept": what the platform has need not be brought back."""
    if facts.restore_codes is None or facts.filing_no is not None:
        return ()
    if not facts.restore_codes:
        return (Rule(), Line(words.no_restore))
    count = len(facts.restore_codes)
    codes = (
        block
        for number, code in enumerate(facts.restore_codes, 1)
        for block in (Gap(_APART_DOTS), Qr(code), Line(f"{number}/{count}", align="center"))
    )
    return (Rule(), Line(words.restore), *codes)


_APART_DOTS = 32
"""Above and below a QR code: white enough that it is found."""


def _claim(facts: SlipFacts, words: _Words) -> _Claim:
    return words.kept if facts.filing_no is None else words.received


def _matter(facts: SlipFacts, language: Language, words: _Words) -> tuple[Block, ...]:
    chinese = Line(facts.item_name["zh"], size=2)
    if language == "zh":
        return (Line(words.matter), chinese)
    return (Line(words.matter), Line(facts.item_name["en"], size=2), chinese)


def _numbers(facts: SlipFacts, words: _Words) -> tuple[Block, ...]:
    local = Pair(words.local_no, facts.local_no, size=2)
    case = Pair(words.case_no, words.no_case_no)
    if facts.filing_no is None:
        return (local, Gap(8), Pair(words.filing_no, words.no_filing_no), case)
    return (Pair(words.filing_no, facts.filing_no, size=2), Gap(8), local, Gap(8), case)


def _members(facts: SlipFacts, language: Language) -> tuple[Block, ...]:
    """Each matter of a joint one: who has it, and what became of it."""
    if not facts.members:
        return ()
    blocks: list[Block] = []
    for each in facts.members:
        blocks += [
            Line(f"{each.name[language]} · {each.office[language]}"),
            Line(member_state(each, language)),
            Gap(8),
        ]
    return (*blocks, Rule())


def member_state(member: SlipMember, language: Language) -> str:
    """What became of one matter of a joint one, in the words that may not be got wrong."""
    words = _WORDS[language]
    if member.left_out is not None:
        return f"{words.member_left_out}{member.left_out[language]}"
    if member.filing_no is None:
        return words.member_kept
    state = words.member_taken_over if member.company else words.member_received
    return f"{state} {member.filing_no}"


def _awaited(facts: SlipFacts, language: Language, words: _Words) -> tuple[Block, ...]:
    if not facts.awaited:
        return ()
    lines = (Line(f"{each.who[language]} · {each.how[language]}") for each in facts.awaited)
    return (Line(words.awaited), *lines, Rule())


def _times(facts: SlipFacts, words: _Words) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if facts.received_at is not None:
        blocks.append(Pair(words.received_at, _time(facts.received_at, words)))
    blocks.append(Pair(words.kept_at, _time(facts.kept_at, words)))
    if remark := words.clock[facts.clock_trust]:
        blocks.append(Line(remark))
    return tuple(blocks)


def _time(moment: datetime, words: _Words) -> str:
    return hall_moment(moment, words.time_format)
