"""Frames against published vectors, cut anywhere, damaged anywhere, in any noise."""

from __future__ import annotations

import hashlib

import pytest

from devices.sam_v.frames import (
    FIND,
    MANAGEMENT,
    NEW_ADDRESS,
    PREAMBLE,
    READ,
    READ_ALL,
    SAM_ID,
    SELECT,
    STATUS,
    Command,
    Record,
    Response,
    ResponseDecoder,
    Sw3,
    sam_number,
    split_record,
)
from devices.simulators.cards import SimulatedCard
from devices.simulators.sam_v_frames import record, response

NO_CARD = bytes.fromhex("AAAAAA9669 0004 000080 84")
FOUND = bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
SAM_ID_ANSWER = bytes.fromhex("AAAAAA9669 0014 000090 05000300A53A34010100000015CD5B07 AD")


def decode(data: bytes) -> list[Response]:
    return ResponseDecoder().feed(data)


@pytest.mark.parametrize(
    ("command", "after_preamble"),
    [
        (STATUS, "0003 11FF ED"),
        (SAM_ID, "0003 12FF EE"),
        (FIND, "0003 2001 22"),
        (SELECT, "0003 2002 21"),
        (READ, "0003 3001 32"),
        (READ_ALL, "0003 3010 23"),
        (NEW_ADDRESS, "0003 3003 30"),
        (MANAGEMENT, "0003 3005 36"),
    ],
)
def test_a_request_is_the_one_of_the_manual(command: Command, after_preamble: str) -> None:
    assert command.frame == PREAMBLE + bytes.fromhex(after_preamble)


@pytest.mark.parametrize(
    ("fingerprints", "size", "check", "digest"),
    [
        (None, 1295, 0x78, "00a3987c1c546414753e88c0110e9aeb2b7cc42dda2a5ece722dae371ebf36d1"),
        (b"", 1297, 0x7A, "999e0bbb6bbc8ccb6be3203a478786309af064ab314cbd32008c5097bbcc148f"),
        (bytes(1024), 2321, 0x72, "7f55aa70e59a6b1a8af04cd997321b9ec5801d86583eac8b3321dd61773e4315"),
    ],
)
def test_a_simulated_record_is_the_one_of_the_vectors(
    first_card: SimulatedCard, fingerprints: bytes | None, size: int, check: int, digest: str
) -> None:
    frame = record(first_card, fingerprints)
    assert (len(frame), frame[-1]) == (size, check)
    assert hashlib.sha256(frame).hexdigest() == digest
    (answer,) = decode(frame)
    assert answer.sw3 == Sw3.OK
    assert len(answer.data) == size - 11


def test_short_answers_are_read() -> None:
    assert decode(NO_CARD) == [Response(0, 0, Sw3.FIND_FAILED, b"")]
    assert decode(FOUND) == [Response(0, 0, Sw3.FOUND, bytes(4))]
    (sam_id,) = decode(SAM_ID_ANSWER)
    assert sam_id.data == bytes.fromhex("05000300A53A34010100000015CD5B07")


def test_a_card_may_add_its_own_status() -> None:
    assert decode(bytes.fromhex("AAAAAA9669 0004 6A8241 AD")) == [Response(0x6A, 0x82, Sw3.READ_FAILED, b"")]


def test_an_answer_cut_anywhere_is_one_answer(first_card: SimulatedCard) -> None:
    frame = record(first_card)
    for cut in range(1, len(frame)):
        decoder = ResponseDecoder()
        assert decoder.feed(frame[:cut]) == []
        (answer,) = decoder.feed(frame[cut:])
        assert split_record(READ, answer.data) == Record(frame[14:270], first_card.photo, None)


def test_an_answer_that_comes_byte_by_byte_is_one_answer(first_card: SimulatedCard) -> None:
    decoder = ResponseDecoder()
    answers = [answer for byte in record(first_card) for answer in decoder.feed(bytes([byte]))]
    assert len(answers) == 1
    assert decoder.skipped == 0


def test_the_tail_of_somebody_elses_record_is_skipped(first_card: SimulatedCard) -> None:
    frame = record(first_card)
    for cut in range(1, len(frame)):
        assert decode(frame[cut:] + NO_CARD) == [Response(0, 0, Sw3.FIND_FAILED, b"")]


def test_one_wrong_bit_anywhere_is_no_answer_and_costs_only_itself() -> None:
    for place in range(len(FOUND)):
        for bit in range(8):
            damaged = bytearray(FOUND)
            damaged[place] ^= 1 << bit
            # A wrong length can promise more bytes than come: as many good answers as the longest frame.
            answers = decode(bytes(damaged) + NO_CARD * 220)
            assert answers[-1] == Response(0, 0, Sw3.FIND_FAILED, b"")
            assert Response(0, 0, Sw3.FOUND, bytes(4)) not in answers


@pytest.mark.parametrize(
    "noise",
    [b"", b"\xaa", b"\xaa\xaa", PREAMBLE[:-1], PREAMBLE, PREAMBLE + b"\x00\x03", PREAMBLE + b"\xff\xff"],
    ids=lambda noise: noise.hex() or "none",
)
def test_an_answer_behind_noise_is_found(noise: bytes) -> None:
    assert decode(noise + b"\xff" * 5 + NO_CARD) == [Response(0, 0, Sw3.FIND_FAILED, b"")]


def test_a_frame_longer_than_any_card_is_not_waited_for() -> None:
    endless = PREAMBLE + b"\x7f\xff"
    assert decode(endless + NO_CARD) == [Response(0, 0, Sw3.FIND_FAILED, b"")]


def test_only_an_answer_to_the_question_fits(first_card: SimulatedCard) -> None:
    (status,) = decode(response(0x90))
    (selected,) = decode(response(0x90, bytes(8)))
    (found,) = decode(FOUND)
    (person,) = decode(record(first_card))
    assert [STATUS.fits(answer) for answer in (status, selected, found, person)] == [
        True,
        False,
        False,
        False,
    ]
    assert [FIND.fits(answer) for answer in (status, selected, found, person)] == [False, False, True, False]
    assert [SELECT.fits(answer) for answer in (status, selected, found, person)] == [
        False,
        True,
        False,
        False,
    ]
    assert [READ.fits(answer) for answer in (status, selected, found, person)] == [False, False, False, True]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_record_with_fingerprints_has_three_parts(first_card: SimulatedCard, count: int) -> None:
    frame = record(first_card, bytes([7]) * (512 * count))
    (answer,) = decode(frame)
    assert READ_ALL.fits(answer)
    assert not READ.fits(answer)
    assert split_record(READ_ALL, answer.data) == Record(
        frame[16:272], first_card.photo, bytes([7]) * (512 * count)
    )


@pytest.mark.parametrize(
    "lengths", [(257, 1023), (256, 1023), (0, 1280), (1280, 0), (256, 65535), (255, 1024)], ids=str
)
def test_a_record_whose_inner_lengths_lie_is_none(
    first_card: SimulatedCard, lengths: tuple[int, int]
) -> None:
    (answer,) = decode(record(first_card, inner_lengths=lengths))
    assert split_record(READ, answer.data) is None


@pytest.mark.parametrize(
    "lengths", [(256, 1024, 512), (256, 1024, 0), (256, 1536, 512), (256, 1024, 1023), (1, 2, 3)], ids=str
)
def test_fingerprints_whose_inner_lengths_lie_are_no_record(
    first_card: SimulatedCard, lengths: tuple[int, int, int]
) -> None:
    (answer,) = decode(record(first_card, bytes(1024), lengths))
    assert split_record(READ_ALL, answer.data) is None


def test_a_record_that_is_too_short_is_none(first_card: SimulatedCard) -> None:
    (answer,) = decode(record(first_card))
    assert all(split_record(READ, answer.data[:end]) is None for end in range(len(answer.data)))


def test_a_sams_number_is_written_as_on_its_label() -> None:
    (answer,) = decode(SAM_ID_ANSWER)
    assert sam_number(answer.data) == "05.03-20200101-0000000001-0123456789"


def test_numbers_of_the_chip_may_follow_each_other_or_have_a_third() -> None:
    assert [MANAGEMENT.fits(Response(0, 0, 0x90, bytes(length))) for length in (11, 12, 28, 29)] == [
        False,
        True,
        True,
        False,
    ]


def test_an_answer_never_shows_a_person(first_card: SimulatedCard) -> None:
    (answer,) = decode(record(first_card))
    assert repr(answer) == "Response(SW3 90, 1284 bytes)"
    assert "测试" not in repr(split_record(READ, answer.data))
    assert "Record" in repr(split_record(READ, answer.data))
