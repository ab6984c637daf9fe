"""A session seals to the key that the platform announced, and to nobody else's."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from central_platform.envelope_keys import rotate
from central_platform.opening import Keyring
from central_platform.suites import HPKE, HPKE_HYBRID, SM2, SuiteName
from kiosk.session.platform_key import NotAnnounced, announced
from kiosk.session.sealing import load_platform_key, load_platform_word
from kiosk.session.suites import canonical
from tests.offline_queue.platform_process import made

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def text(directory: Path) -> str:
    return canonical(Keyring.load(directory).announcement()).decode()


@pytest.mark.parametrize("suite", [HPKE, HPKE_HYBRID, SM2])
def test_the_platforms_new_key_is_taken_for_what_it_is(suite: SuiteName, tmp_path: Path) -> None:
    terminal = made(tmp_path, suite)
    kid = rotate(tmp_path, suite, NOW)
    word = load_platform_word(terminal / "receipt.pem")
    key = announced(text(tmp_path), word=word, suite=suite)
    assert (key.kid, key.key.suite) == (kid, suite)
    header: dict[str, str | int] = {"v": 1, "kid": key.kid, "suite": suite}
    opening = Keyring.load(tmp_path).envelopes.opening
    assert opening[kid].open(key.key.seal(b"content", header), header) == b"content"
    earlier = load_platform_key(terminal / "envelope.pem", suite)
    assert earlier != key.key


def test_a_key_of_another_suite_is_refused_whoever_signed_it(tmp_path: Path) -> None:
    terminal = made(tmp_path, SM2)
    word = load_platform_word(terminal / "receipt.pem")
    rotate(tmp_path, HPKE, NOW)
    with pytest.raises(NotAnnounced, match="suite"):
        announced(text(tmp_path), word=word, suite=SM2)
    assert announced(text(tmp_path), word=word, suite=HPKE).key.suite == HPKE


def test_a_key_whose_label_names_another_suite_is_refused(tmp_path: Path) -> None:
    """The platform itself would have to be wrong: its signature holds."""
    terminal = made(tmp_path)
    keyring = Keyring.load(tmp_path)
    said = {name: value for name, value in keyring.announcement().items() if name not in {"kid", "signature"}}
    wrong = canonical(keyring.signed(said | {"suite": SM2})).decode()
    word = load_platform_word(terminal / "receipt.pem")
    for suite in (HPKE, SM2):
        with pytest.raises(NotAnnounced, match="suite"):
            announced(wrong, word=word, suite=suite)


def test_nobody_on_the_way_can_put_another_key_in_its_place(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    word = load_platform_word(made(ours) / "receipt.pem")
    made(theirs)
    with pytest.raises(NotAnnounced, match="not signed"):
        announced(text(theirs), word=word, suite=HPKE)
    mixed = json.loads(text(ours)) | {"public_key": json.loads(text(theirs))["public_key"]}
    with pytest.raises(NotAnnounced, match="not signed"):
        announced(canonical(mixed).decode(), word=word, suite=HPKE)


def test_an_announcement_with_any_character_changed_is_refused(tmp_path: Path) -> None:
    word = load_platform_word(made(tmp_path) / "receipt.pem")
    whole = text(tmp_path)
    dice = random.Random(5)  # noqa: S311 - the same in every run
    for place in range(len(whole)):
        other = chr(dice.choice([code for code in range(32, 127) if chr(code) != whole[place]]))
        changed = whole[:place] + other + whole[place + 1 :]
        if json_of(changed) == json.loads(whole):
            continue  # a space is none, wherever JSON has room for one
        with pytest.raises(NotAnnounced):
            announced(changed, word=word, suite=HPKE)
    for end in range(0, len(whole), 7):
        with pytest.raises(NotAnnounced):
            announced(whole[:end], word=word, suite=HPKE)


def json_of(said: str) -> object:
    try:
        return json.loads(said)
    except ValueError:
        return None
