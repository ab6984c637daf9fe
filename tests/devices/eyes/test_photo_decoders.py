"""The photo of a chip: a picture, or an honest no."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.contracts.eyes import PhotoNotDecodable
from devices.eyes.photo_decoders import PHOTO_DECODERS, SIMULATOR_HEAD, SIMULATOR_MAGIC
from devices.simulators.chip_photo import code_photo

FACES = Path("devices/simulators/faces")


@pytest.mark.parametrize("person", ["zhou", "shen", "other"])
def test_a_simulated_card_carries_a_photo_of_the_chips_size(person: str) -> None:
    coded = code_photo(FACES / f"{person}.jpg")
    assert len(coded) == 1024
    png = PHOTO_DECODERS["simulator"]().decode(coded)
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (126, 102, 3)


def test_without_a_decoder_the_photo_is_said_to_be_not_decodable() -> None:
    with pytest.raises(PhotoNotDecodable, match="no decoder"):
        PHOTO_DECODERS["none"]().decode(code_photo(FACES / "zhou.jpg"))


def of_size(width: int, height: int) -> bytes:
    webp = cv2.imencode(".webp", np.zeros((height, width, 3), np.uint8))[1].tobytes()
    return (SIMULATOR_HEAD.pack(SIMULATOR_MAGIC, len(webp)) + webp).ljust(1024, b"\0")


@pytest.mark.parametrize(
    "coded",
    [
        b"",
        bytes(1024),
        bytes(range(256)) * 4,
        code_photo(FACES / "zhou.jpg")[:-1],
        SIMULATOR_HEAD.pack(SIMULATOR_MAGIC, 0).ljust(1024, b"\0"),
        SIMULATOR_HEAD.pack(SIMULATOR_MAGIC, 2000).ljust(1024, b"\1"),
        of_size(102, 126)[:-1] + b"\1",
        of_size(126, 102),
    ],
    ids=["nothing", "zeros", "counting", "cut", "empty", "too long", "dirty padding", "wrong size"],
)
def test_bytes_that_are_no_photo_never_become_a_blank_picture(coded: bytes) -> None:
    with pytest.raises(PhotoNotDecodable):
        PHOTO_DECODERS["simulator"]().decode(coded)


@given(st.binary(min_size=1014, max_size=1014))
def test_a_damaged_photo_is_refused_or_decoded_and_never_crashes(noise: bytes) -> None:
    try:
        png = PHOTO_DECODERS["simulator"]().decode(SIMULATOR_HEAD.pack(SIMULATOR_MAGIC, 1014) + noise)
    except PhotoNotDecodable:
        return
    assert png.startswith(b"\x89PNG")
