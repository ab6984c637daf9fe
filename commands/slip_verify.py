"""`slip verify`: is this slip genuine, and what does it say? From its QR code alone, without any network."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from commands.device_common import Voice, settings_only
from config.hall_time import HALL_ZONE
from offline_queue import restore, statement
from offline_queue.failures import UnreadableFile
from offline_queue.signing import PlatformWord
from offline_queue.statement import BadStatement, Signed, Statement

NOT_GENUINE, NOBODY_VOUCHES = 3, 5

_NUMBERS_ONLY = "hall-terminal:slip:"
_CLOCKS = {
    "platform": "that clock had been checked with the platform",
    "system": "that is the terminal's own word, not checked with the platform",
    "untrusted": "that clock was known to be wrong: the time is a rough guide only",
}


@dataclass(frozen=True)
class _Slip:
    """One statement, and where it was found."""

    source: str
    signed: Signed | None
    flaw: str | None
    words: str


def answer(
    sources: Sequence[str],
    platform_key: Path | None,
    envelope: Path | None,
    config: list[Path] | None,
    *,
    as_json: bool,
) -> None:
    """Check every statement found in `sources` (pictures, or texts) and say what it is."""
    voice = Voice(as_json=as_json)
    settings = settings_only(voice, config, None)
    if platform_key is None and settings is not None:
        platform_key = settings.platform.receipt_key
    key = _key(voice, platform_key)
    digest = _digest(voice, envelope)
    texts = [(source, text) for source in sources for text in _texts(voice, source)]
    slips = [_checked(source, text, key, digest) for source, text in dict.fromkeys(texts)]
    genuine = [slip.signed.statement for slip in slips if slip.signed is not None]
    broken, notes = _chains(genuine)
    wrong = [slip for slip in slips if slip.signed is None]
    words = [slip.words for slip in slips] + broken + notes
    verdict: bool | None = False if wrong or broken else (None if key is None else True)
    if key is None and verdict is None:
        words.append("nobody vouches for the terminal: name the platform's public key with --platform-key")
    report: dict[str, Any] = {
        "genuine": verdict,
        "slips": [_report(slip) for slip in slips],
        "chain": {"broken": broken, "notes": notes},
    }
    if verdict is not True:
        report["error"] = wrong[0].words if wrong else (broken or words[-1:])[0]
        report["reason"] = wrong[0].flaw if wrong else "chain_broken" if broken else "nobody_vouches"
    voice.result(report, "\n".join(words))
    if verdict is False:
        voice.end("not genuine", NOT_GENUINE)
    if verdict is None:
        voice.end("nobody can tell", NOBODY_VOUCHES)


def _key(voice: Voice, path: Path | None) -> Ed25519PublicKey | None:
    try:
        return None if path is None else PlatformWord.load(path).key
    except UnreadableFile as error:
        voice.refuse(str(error))


def _digest(voice: Voice, envelope: Path | None) -> str | None:
    try:
        return None if envelope is None else hashlib.sha256(envelope.read_bytes()).hexdigest()
    except OSError as error:
        voice.refuse(f"{envelope}: {error.strerror}")


def _texts(voice: Voice, source: str) -> list[str]:
    """The statements in one picture, or the one that was given as text."""
    from printing.proof_pictures import NoPicture, codes_in

    if source.startswith(statement.PREFIX):
        return [source]
    try:
        codes = codes_in(Path(source))
    except NoPicture as error:
        voice.refuse(str(error))
    if not codes:
        voice.refuse(f"{source}: no QR code can be read; flatten the slip, come closer, avoid shadows")
    found = [code for code in codes if code.startswith(statement.PREFIX)]
    if not found:
        voice.refuse(f"{source}: {_instead(codes)}")
    return found


def _instead(codes: list[str]) -> str:
    if any(code.startswith(_NUMBERS_ONLY) for code in codes):
        return "this slip carries its numbers only; its terminal signs no statements"
    if any(code.startswith(restore.PREFIX) for code in codes):
        return "restore codes, but not the code with the signed statement"
    return "a QR code, but not one of a terminal's slip"


def _checked(source: str, text: str, key: Ed25519PublicKey | None, digest: str | None) -> _Slip:
    where = "text" if source == text else source
    try:
        signed = statement.read(text)
        statement.check(signed, key)
    except BadStatement as error:
        return _Slip(where, None, error.flaw, f"{where}: {error}")
    if digest is not None and digest != signed.statement.envelope_sha256:
        words = f"{where}: not for this envelope: the slip states another one"
        return _Slip(where, None, "other_envelope", words)
    return _Slip(where, signed, None, _words(signed, vouched=key is not None, compared=digest is not None))


def _words(signed: Signed, *, vouched: bool, compared: bool) -> str:
    said = signed.statement
    lines = [
        f"{'genuine' if vouched else 'signed '}  terminal {said.terminal}, local number {said.local_no}",
        f"kept at {_time(said.kept_at)}; {_CLOCKS[said.clock_trust]}",
    ]
    if said.received_at is None:
        lines.append("kept on that terminal only: nothing was submitted yet when this was printed")
    else:
        lines.append(f"received by the platform at {_time(said.received_at)} as {said.filing_no}")
    lines.append(f"envelope {said.envelope_sha256}{': the one given' if compared else ''}")
    lines.append(f"statement {said.number} of chain {said.chain}")
    if vouched:
        lines.append(f"the platform enrolled this terminal at {_time(signed.certificate.issued_at)}")
    return "\n         ".join(lines)


def _report(slip: _Slip) -> dict[str, Any]:
    said = None if slip.signed is None else slip.signed.statement.fields()
    return {"source": slip.source, "flaw": slip.flaw, "words": slip.words, "statement": said}


def _chains(statements: Sequence[Statement]) -> tuple[list[str], list[str]]:
    """What contradicts itself among a terminal's statements, and which were not seen."""
    broken, notes = [], []

    def chain(said: Statement) -> tuple[str, str]:
        return said.terminal, said.chain

    in_order = sorted(dict.fromkeys(statements), key=lambda said: (*chain(said), said.number))
    for (terminal, name), members in groupby(in_order, chain):
        for one, next_one in pairwise(members):
            which = f"terminal {terminal}, chain {name}"
            if one.number == next_one.number:
                broken.append(f"{which}: two different statements have the number {one.number}")
            elif one.number + 1 < next_one.number:
                gap = f"{one.number + 1} to {next_one.number - 1}"
                notes.append(f"{which}: statements {gap} are not among these slips")
            elif statement.link_to(one) != next_one.link:
                broken.append(f"{which}: statement {next_one.number} does not follow {one.number}")
    return broken, notes


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(HALL_ZONE):%Y-%m-%d %H:%M:%S} (China time)"
