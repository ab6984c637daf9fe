"""Restore codes put together again, in any order and with what is lost; and what the queue makes of them."""

from __future__ import annotations

import hashlib
import json
import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import base45
from kiosk.session.restore_codes import MOST_CODES, codes, compact_content, fit
from kiosk.session.sealing import load_platform_key, seal
from offline_queue.failures import OtherEnvelope, QueueFull, WrongEnvelope
from offline_queue.outbox import Outbox
from offline_queue.restore import PREFIX, Rescued, read_codes
from offline_queue.restore_into import restore_into
from tests.offline_queue.samples import (
    ITEM,
    NOON,
    TERMINAL,
    Citizens,
    a_record,
    commit,
    delivery_of,
    envelope_kid,
    new_id,
    open_outbox,
    terminal_key,
)

WHOLE = b"the whole envelope"


def compacted(terminal: Path, application_id: str, whole: bytes = WHOLE, named: str = TERMINAL) -> bytes:
    return seal(
        compact_content(json.dumps(a_record(application_id)).encode()),
        application_id=application_id,
        item=ITEM,
        item_version="1",
        terminal=named,
        platform_key=load_platform_key(terminal / "envelope.pem"),
        kid=envelope_kid(terminal),
        stands_for=whole,
    )


def slip(terminal: Path, application_id: str, width_dots: int = 384) -> tuple[str, ...]:
    """The codes that a terminal prints."""
    compact = compacted(terminal, application_id)
    printed = codes(compact, terminal_key(terminal).sign(compact), "0001-261121-0042", width_dots)
    assert printed is not None
    return printed


def rescued(terminal: Path, application_id: str) -> Rescued:
    (found,), wrong = read_codes(slip(terminal, application_id))
    assert not wrong
    return found


def test_the_envelope_comes_back_to_the_byte_with_what_was_printed_beside_it(terminal: Path) -> None:
    application_id = new_id()
    compact = compacted(terminal, application_id)
    signature = terminal_key(terminal).sign(compact)
    printed = codes(compact, signature, "0001-261121-0042", 576)
    assert printed is not None
    (found,), wrong = read_codes(printed)
    assert (found.envelope, found.origin_signature, wrong) == (compact, signature, [])
    assert (found.application_id, found.terminal, found.local_no) == (
        application_id,
        TERMINAL,
        "0001-261121-0042",
    )


@pytest.mark.parametrize(("width_dots", "most_bytes"), [(576, 700), (384, 560)])
def test_no_code_is_larger_than_its_paper_can_show_and_all_are_alike(
    terminal: Path, width_dots: int, most_bytes: int
) -> None:
    printed = slip(terminal, new_id(), width_dots)
    parts = [base45.decode(code.removeprefix(PREFIX)) for code in printed]
    assert 1 < len(parts) <= MOST_CODES
    assert all(len(part) <= most_bytes for part in parts)
    assert max(map(len, parts)) - min(map(len, parts)) <= len(parts)
    assert all(set(code) <= set(base45.ALPHABET) for code in printed)


def test_what_does_not_fit_into_four_codes_is_not_cut_short(terminal: Path) -> None:
    record = a_record(new_id())
    chance = random.Random(4)  # noqa: S311  a hand is no secret
    for points, fits in ((200, True), (2000, False)):
        record["signatures"][0]["strokes"] = [
            [[round(chance.random(), 4), round(chance.random(), 4)] for _ in range(points)]
        ]
        compact = seal(
            compact_content(json.dumps(record).encode()),
            application_id=record["application_id"],
            item=ITEM,
            item_version="1",
            terminal=TERMINAL,
            platform_key=load_platform_key(terminal / "envelope.pem"),
            kid="k",
            stands_for=WHOLE,
        )
        assert fit(compact, "0001-261121-0042", 576) is fits


def test_codes_of_several_slips_are_told_apart_in_any_order(terminal: Path) -> None:
    ids = [new_id(), new_id(), new_id()]
    texts = [code for each in ids for code in slip(terminal, each)]
    random.Random(7).shuffle(texts)  # noqa: S311  an order to repeat
    found, wrong = read_codes([*texts, *texts, "HT1:ABC", "https://example.org"])
    assert {application.application_id for application in found} == set(ids)
    assert not wrong


def test_each_missing_part_is_named(terminal: Path) -> None:
    printed = slip(terminal, new_id())
    for lost in range(len(printed)):
        found, (wrong,) = read_codes(code for index, code in enumerate(printed) if index != lost)
        assert not found
        assert wrong.words.startswith(f"part {lost + 1} is missing of {len(printed)} ")
    _, (wrong,) = read_codes(printed[:1])
    assert "parts 2, 3 are missing of 3" in wrong.words or "part 2 is missing of 2" in wrong.words


def test_parts_of_two_slips_never_make_one_application(terminal: Path) -> None:
    one, other = slip(terminal, new_id()), slip(terminal, new_id())
    found, wrong = read_codes([one[0], *other[1:]])
    assert not found
    assert [unreadable.fault for unreadable in wrong] == ["parts_missing", "parts_missing"]


def test_a_changed_character_brings_nothing_back(terminal: Path) -> None:
    printed = slip(terminal, new_id())
    for at in range(len(PREFIX), len(printed[0]), 7):
        other = "0" if printed[0][at] != "0" else "1"
        found, wrong = read_codes([printed[0][:at] + other + printed[0][at + 1 :], *printed[1:]])
        assert not found, at
        assert "damaged" in {unreadable.fault for unreadable in wrong}


@given(packet=st.binary(max_size=300))
def test_any_packet_with_right_checks_is_an_envelope_or_a_plain_no(packet: bytes) -> None:
    said = hashlib.sha256(packet).digest()[:8] + b"\x01" + packet
    text = PREFIX + base45.encode(said + zlib.crc32(said).to_bytes(4, "big"))
    found, (wrong,) = read_codes([text])
    assert not found
    assert wrong.fault in {"damaged", "not_of_the_contract"}


def test_a_restored_application_takes_no_number_and_concerns_no_screen(
    outbox: Outbox, citizens: Citizens, terminal: Path
) -> None:
    before = outbox.next_local_no(NOON.date())
    application = rescued(terminal, new_id())
    outbox.restore(application)
    assert outbox.next_local_no(NOON.date()) == before
    assert outbox.unshown_kept() is None
    (state,) = outbox.recent_states()
    assert state.local_no == f"0001-261121-0042/{application.application_id[:8]}"
    assert outbox.delivery.sealed(application.application_id).origin_signature == application.origin_signature
    assert citizens.apply(outbox).local_no == before


def test_an_application_that_is_here_already_is_left_as_it_is(
    outbox: Outbox, citizens: Citizens, terminal: Path
) -> None:
    kept = citizens.apply(outbox)
    again = outbox.restore(rescued(terminal, kept.application_id))
    assert (again.before, outbox.counts().kept) == ("kept", 1)
    assert outbox.delivery.sealed(kept.application_id).origin_signature is None
    outbox.delivery.quarantine(delivery_of(outbox, kept.application_id), "record_invalid")
    assert outbox.restore(rescued(terminal, kept.application_id)).before == "quarantined"


def test_a_full_queue_takes_no_slip_and_says_so(tmp_path: Path, terminal: Path) -> None:
    outbox = open_outbox(tmp_path / "full.db", terminal, queue_limit=1)
    first = restore_into(outbox, slip(terminal, new_id()))
    assert [each["before"] for each in first["restored"]] == [None]
    second = restore_into(outbox, slip(terminal, new_id()))
    assert second["restored"] == []
    assert second["wrong"][0]["fault"] == "not_kept"
    with pytest.raises(QueueFull):
        outbox.restore(rescued(terminal, new_id()))
    outbox.close()


def test_a_terminal_signs_for_a_slip_only_the_other_form_of_what_it_keeps(
    outbox: Outbox, terminal: Path
) -> None:
    application_id = new_id()
    whole_sha256 = hashlib.sha256(WHOLE).hexdigest()

    def signed(compact: bytes) -> str:
        return outbox.sign_compact(compact, whole_sha256=whole_sha256, application_id=application_id)

    good = compacted(terminal, application_id)
    assert signed(good) == terminal_key(terminal).sign(good)
    for wrong in (
        compacted(terminal, new_id()),
        compacted(terminal, application_id, b"another envelope"),
        compacted(terminal, application_id, named="HALL-0002"),
        Citizens(terminal).envelope(application_id)[1],
        b"anything",
    ):
        with pytest.raises(WrongEnvelope):
            signed(wrong)


def test_a_session_cannot_commit_the_compact_form_or_a_second_one(
    outbox: Outbox, citizens: Citizens, terminal: Path
) -> None:
    application_id = new_id()
    with pytest.raises(WrongEnvelope, match="content"):
        commit(outbox, application_id, compacted(terminal, application_id))
    kept = citizens.apply(outbox)
    with pytest.raises(OtherEnvelope):
        commit(outbox, kept.application_id, compacted(terminal, kept.application_id))
