"""Base45 as RFC 9285 has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import base45


@pytest.mark.parametrize(
    ("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"", "")]
)
def test_the_examples_of_the_rfc_come_out(data: bytes, text: str) -> None:
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@pytest.mark.parametrize("text", ["GGX", ":::", "A", "BB8A", "::", "bb8", "BB8#", "ＡＢＣ"])
def test_what_nobody_encoded_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Base45"):
        base45.decode(text)


@given(st.binary(max_size=200))
def test_any_bytes_come_back(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@given(st.text(base45.ALPHABET, max_size=30))
def test_no_two_texts_mean_the_same_bytes(text: str) -> None:
    try:
        data = base45.decode(text)
    except ValueError:
        return
    assert base45.encode(data) == text
