"""What a code is: by prefix and length, by the hall's own patterns, and never by a guess."""

from __future__ import annotations

import re

import pytest

from devices.contracts.scanner import CodeForm, Scan, ScanProblem, ScanUnreadable
from devices.scanners.codes import MAX_BYTES, CodePatterns, read_payload

HALL = CodePatterns(payment_notice=re.compile("[0-9]{20}"), opaque=re.compile("(?:yb|app):[!-~]+"))


def forms(text: str, patterns: CodePatterns = HALL) -> set[CodeForm]:
    return set(read_payload(text.encode(), patterns).forms)


@pytest.mark.parametrize("prefix", range(10, 16))
def test_a_wechat_code_has_eighteen_digits(prefix: int) -> None:
    code = f"{prefix}2345678901234567"
    assert forms(code) == {CodeForm.WECHAT_PAY}
    assert forms(code[:-1]) == forms(code + "0") == {CodeForm.PLAIN}


@pytest.mark.parametrize("prefix", range(25, 31))
def test_an_alipay_code_has_sixteen_to_twenty_four_digits(prefix: int) -> None:
    digits = f"{prefix}{'1234567890' * 3}"
    lengths = {n for n in range(10, 30) if CodeForm.ALIPAY in forms(digits[:n])}
    assert lengths == set(range(16, 25))


@pytest.mark.parametrize("prefix", ["09", "16", "24", "31"])
def test_another_prefix_is_no_payment_code(prefix: str) -> None:
    assert forms(prefix + "2345678901234567") == {CodeForm.PLAIN}


def test_digits_of_other_scripts_are_no_payment_code() -> None:
    assert forms("1３4567890123456789") == forms("１３４５６７８９０１２３４５６７８９") == {CodeForm.PLAIN}


def test_a_code_that_may_be_two_things_is_said_to_be_both() -> None:
    assert forms("28345678901234567890") == {CodeForm.ALIPAY, CodeForm.PAYMENT_NOTICE}


def test_a_payment_notice_looks_as_the_hall_says() -> None:
    number = "33012345678901234567"
    assert forms(number) == {CodeForm.PAYMENT_NOTICE}
    assert forms(number, CodePatterns()) == {CodeForm.PLAIN}
    assert forms(number[:16], CodePatterns(payment_notice=re.compile("[0-9]{16}"))) == {
        CodeForm.PAYMENT_NOTICE
    }


def test_the_codes_of_apps_and_insurances_are_opaque() -> None:
    assert forms("yb:8f14e45fceea167a5a36dedd4bea2543") == {CodeForm.OPAQUE}
    assert forms("see yb:8f14e45fceea") == {CodeForm.PLAIN}


def test_a_scan_says_nothing_of_itself() -> None:
    scan = read_payload(b"134567890123456789", HALL)
    assert "1345" not in repr(scan) + str(scan)
    assert repr(scan) == "Scan(…)"


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        (b"1345\x00", ScanProblem.CONTROL_BYTES),
        (b"one\rtwo", ScanProblem.CONTROL_BYTES),
        (b"(01)0460\x1d17", ScanProblem.CONTROL_BYTES),
        ("line\u0085".encode(), ScanProblem.CONTROL_BYTES),
        ("缴款码".encode("gbk"), ScanProblem.NOT_UTF_8),
        ("缴款码".encode()[:-1], ScanProblem.NOT_UTF_8),
        (b"\xed\xa0\x80", ScanProblem.NOT_UTF_8),
        ("缴\ufffd码".encode(), ScanProblem.NOT_UTF_8),
        (b"7" * (MAX_BYTES + 1), ScanProblem.TOO_LONG),
    ],
)
def test_what_cannot_be_read_is_told_and_not_guessed(payload: bytes, problem: ScanProblem) -> None:
    with pytest.raises(ScanUnreadable) as unreadable:
        read_payload(payload, HALL)
    assert unreadable.value.problem is problem
    assert str(unreadable.value) == problem.value
    assert unreadable.value.__cause__ is None


def test_the_longest_qr_code_is_read() -> None:
    assert read_payload(b"7" * MAX_BYTES, HALL) == Scan("7" * MAX_BYTES, frozenset({CodeForm.PLAIN}))
