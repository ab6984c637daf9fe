"""`slip verify`: what anybody with a photograph and the platform's key is told."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PIL import Image
from typer.testing import CliRunner

from commands.slip import app
from config.printer_profile import profile_named
from devices.simulators.escpos_paper import on_paper
from offline_queue import statement
from offline_queue.statement import Signed, Statement
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from printing.slip import slip_document
from tests.offline_queue.test_statements import KEY, PLATFORM, SAID, signed
from tests.printing.slips import KEPT

FIRST = replace(SAID, kind="kept", number=1, link="00" * 16, filing_no=None, received_at=None)
CHANGED = Signed(replace(SAID, number=13), signed().signature, signed().certificate).text()
SECOND = replace(SAID, number=2, link=statement.link_to(FIRST))


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return written(tmp_path / "receipt.pem", PLATFORM)


def written(path: Path, key: Ed25519PrivateKey) -> Path:
    path.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path


def verify(*arguments: Path | str) -> tuple[int, str]:
    ended = CliRunner().invoke(app, ["verify", *map(str, arguments)])
    return ended.exit_code, ended.output


def verify_json(*arguments: Path | str) -> tuple[int, dict[str, Any]]:
    ended = CliRunner().invoke(app, ["verify", "--json", *map(str, arguments)])
    answer: dict[str, Any] = json.loads(ended.stdout)
    return ended.exit_code, answer


def on_slip(path: Path, said: Statement | None, profile: str = "generic-80") -> Path:
    """The picture of a slip, from the bytes that go to the printer."""
    facts = replace(KEPT, statement=None if said is None else signed(said).text())
    printer = profile_named(profile)
    job = b"".join(data for data, _ in receipt_job(slip_document(facts, "zh"), printer, Glyphs()))
    (piece,) = on_paper(job, printer.width_dots)
    piece.picture().save(path)
    return path


@pytest.mark.parametrize("profile", ["generic-80", "generic-58"])
def test_a_photographed_slip_tells_who_what_when_and_how_far_its_clock_is_to_be_trusted(
    tmp_path: Path, key: Path, profile: str
) -> None:
    slip = Image.open(on_slip(tmp_path / "slip.png", SECOND, profile))
    slip.rotate(-12, expand=True, fillcolor=255).save(tmp_path / "photo.jpg", quality=70)
    status, said = verify(tmp_path / "photo.jpg", "--platform-key", key)
    assert status == 0
    for words in (
        "genuine  terminal HALL-0001, local number 0001-261121-0042",
        "kept at 2026-11-21 20:00:00 (China time); that is the terminal's own word, not checked",
        "received by the platform at 2026-11-22 09:02:03 (China time) as 33010600-20261122-000042",
        "statement 2 of chain a1b2c3d4",
    ):
        assert words in said


def test_a_program_gets_the_fields_of_the_contract(key: Path) -> None:
    status, answer = verify_json(signed().text(), "--platform-key", key)
    assert (status, answer["genuine"]) == (0, True)
    assert answer["slips"][0]["statement"] == SAID.fields()


def test_a_slip_that_was_only_kept_is_not_said_to_be_submitted(key: Path) -> None:
    wrong_clock = replace(FIRST, clock_trust="untrusted")
    status, said = verify(signed(wrong_clock).text(), "--platform-key", key)
    assert status == 0
    assert "nothing was submitted yet" in said
    assert "rough guide only" in said
    assert "received" not in said


def test_without_a_platform_key_nobody_can_tell() -> None:
    status, answer = verify_json(signed().text())
    assert (status, answer["genuine"], answer["reason"]) == (5, None, "nobody_vouches")
    broken = Signed(SAID, bytes(64), signed().certificate).text()
    assert verify(broken)[0] == 3


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        (CHANGED, "not_signed_by_terminal"),
        (signed(by=Ed25519PrivateKey.generate()).text(), "not_vouched_for"),
        (signed(key=Ed25519PrivateKey.generate(), by=KEY).text(), "not_vouched_for"),
        (signed().text()[:-9], "damaged"),
        (signed().text() + "000", "damaged"),
        ("HT1:", "damaged"),
        ("HT1:lower case", "damaged"),
    ],
)  # fmt: skip
def test_what_is_not_genuine_gets_one_clear_line(key: Path, text: str, flaw: str) -> None:
    status, answer = verify_json(text, "--platform-key", key)
    assert (status, answer["genuine"], answer["reason"]) == (3, False, flaw)
    assert "\n" not in answer["error"]


def test_one_bad_slip_among_good_ones_is_named(tmp_path: Path, key: Path) -> None:
    forged = signed(by=Ed25519PrivateKey.generate()).text()
    status, said = verify(on_slip(tmp_path / "good.png", FIRST), forged, "--platform-key", key)
    assert status == 3
    assert "good.png" not in said
    assert "genuine  terminal" in said
    assert "text: not genuine: this platform has not enrolled" in said


def test_the_envelope_is_compared(tmp_path: Path, key: Path) -> None:
    envelope = tmp_path / "envelope.json"
    envelope.write_bytes(b"{}")
    status, answer = verify_json(signed().text(), "--platform-key", key, "--envelope", envelope)
    assert (status, answer["reason"]) == (3, "other_envelope")
    fitting = replace(SAID, envelope_sha256=hashlib.sha256(b"{}").hexdigest())
    status, said = verify(signed(fitting).text(), "--platform-key", key, "--envelope", envelope)
    assert status == 0
    assert "the one given" in said


def test_a_chain_is_checked_and_what_was_not_seen_is_said(key: Path) -> None:
    fifth = replace(SAID, number=5)
    status, said = verify(*(signed(one).text() for one in (fifth, SECOND, FIRST)), "--platform-key", key)
    assert status == 0
    assert "statements 3 to 4 are not among these slips" in said
    loose = replace(SECOND, link="22" * 16)
    status, answer = verify_json(signed(FIRST).text(), signed(loose).text(), "--platform-key", key)
    assert (status, answer["reason"]) == (3, "chain_broken")
    assert answer["chain"]["broken"] == ["terminal HALL-0001, chain a1b2c3d4: statement 2 does not follow 1"]
    status, answer = verify_json(signed(SECOND).text(), signed(loose).text(), "--platform-key", key)
    assert "two different statements have the number 2" in answer["error"]


def test_what_is_no_slip_is_said_to_be_none(tmp_path: Path, key: Path) -> None:
    plain = on_slip(tmp_path / "plain.png", None)
    segno.make_qr("https://example.org").save(str(tmp_path / "web.png"), scale=4)
    segno.make_qr("HR1:ABC").save(str(tmp_path / "codes.png"), scale=4)
    Image.new("L", (300, 300), 255).save(tmp_path / "white.png")
    (tmp_path / "words.png").write_text("no picture")
    whole = plain.read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    for source, words in (
        (plain, "carries its numbers only"),
        (tmp_path / "web.png", "not one of a terminal's slip"),
        (tmp_path / "codes.png", "restore codes, but not the code with the signed statement"),
        (tmp_path / "white.png", "no QR code can be read"),
        (tmp_path / "words.png", "not a picture"),
        (tmp_path / "cut.png", "damaged or cut short"),
        (tmp_path / "none.png", "no such file"),
        (tmp_path, "directory"),
    ):
        status, answer = verify_json(source, "--platform-key", key)
        assert (status, answer["reason"]) == (2, "usage"), source
        assert words in answer["error"].lower() or words in answer["error"], answer["error"]
    assert verify(signed().text(), "--platform-key", tmp_path / "words.png")[0] == 2
    assert verify(signed().text(), "--platform-key", key, "--envelope", tmp_path / "none")[0] == 2


def test_a_tiny_scan_and_a_code_at_the_edge_are_read(tmp_path: Path, key: Path) -> None:
    segno.make_qr(signed().text(), error="m").save(str(tmp_path / "tiny.png"), scale=1, border=0)
    assert verify(tmp_path / "tiny.png", "--platform-key", key)[0] == 0
