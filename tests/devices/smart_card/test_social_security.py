"""A social-security card and its conversation, byte by byte: read whole, or told why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.contracts.id_cards import Sex
from devices.contracts.social_security_card import (
    CardHolder,
    ChipTrouble,
    ChipUnreadable,
    SocialSecurityCard,
    SocialSecurityProblem,
)
from devices.simulators.social_security_card import Manner, SimulatedHolder, SimulatedSocialSecurityCard
from devices.smart_card.apdu import exchange, read_record, select
from devices.smart_card.social_security import ENVIRONMENT, read_social_security_card

SOUND = SocialSecurityCard(
    card_id="110100D15600000500000001FFFFFFFF",
    card_class="3",
    specification="3.00",
    issuer="110100000000000000000001",
    issued=date(2020, 1, 1),
    expires=date(2030, 1, 1),
    card_number="A12345678",
    holder=CardHolder(
        number="110101199003070011",
        name="测试甲",
        sex=Sex.MALE,
        ethnicity="汉",
        birthplace="110101",
        birth=date(1990, 3, 7),
    ),
)


class Channel:
    """A simulated card, powered."""

    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        self._answer = answer
        self.commands: list[bytes] = []

    async def transmit(self, command: bytes) -> bytes:
        self.commands.append(command)
        return self._answer(command)


async def read(card: SimulatedSocialSecurityCard) -> SocialSecurityCard:
    return await read_social_security_card(Channel(card.answer))


async def trouble(card: SimulatedSocialSecurityCard) -> ChipTrouble:
    with pytest.raises(ChipUnreadable) as unreadable:
        await read(card)
    return unreadable.value.trouble


def test_the_commands_are_those_of_the_specification() -> None:
    assert select(ENVIRONMENT) == bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")
    assert read_record(1, 5) == bytes.fromhex("00B2012C00")
    assert read_record(7, 6) == bytes.fromhex("00B2073400")


@pytest.mark.parametrize("manner", get_args(Manner))
async def test_a_card_is_read_whole_whatever_its_manner_and_edition(manner: Manner) -> None:
    assert await read(SimulatedSocialSecurityCard(manner=manner)) == SOUND
    assert await read(SimulatedSocialSecurityCard(manner=manner, newer_edition=False)) == SOUND


async def test_nothing_personal_is_said_by_accident() -> None:
    card = await read(SimulatedSocialSecurityCard())
    assert repr(card) == "SocialSecurityCard(…)"
    assert repr(card.holder) == "CardHolder(…)"
    answer = await exchange(Channel(lambda _: b"\x09\x06\xb2\xe2\xca\xd4\x90\x00"), read_record(2, 6))
    assert repr(answer) == "Answer(…, 9000)"


async def test_a_card_that_wants_a_pin_keeps_its_holder_and_is_sent_none() -> None:
    channel = Channel(SimulatedSocialSecurityCard(locked=True).answer)
    card = await read_social_security_card(channel)
    assert card.holder is None
    assert card.card_number == "A12345678"
    assert not [command for command in channel.commands if command[1] == 0x20]  # VERIFY


async def test_a_banks_card_is_another_card() -> None:
    assert await trouble(SimulatedSocialSecurityCard(other_application=True)) is ChipTrouble.OTHER_CARD


@pytest.mark.parametrize("status", [b"\x6f\x00", b"\x67\x00", b"\x69\x85"])
async def test_an_error_is_told_with_its_status(status: bytes) -> None:
    with pytest.raises(ChipUnreadable, match=f"SW {status.hex().upper()}") as unreadable:
        await read(SimulatedSocialSecurityCard(spoil=lambda _: status))
    assert unreadable.value.trouble is ChipTrouble.REFUSED


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda _: b"\x90",
        lambda _: b"\x61\x10",  # always more to come
        lambda _: b"\x6c\x10",
        lambda answer: b"\x08\x12too short\x90\x00" if answer[0] == 0x08 else answer,
        lambda answer: answer[:-2] + b"!\x90\x00" if answer[0] == 0x09 else answer,
        lambda answer: b"\x90\x00" if answer[0] == 0x0A else answer,
        lambda answer: b"\x01\x01\x31\x90\x00" if len(answer) < 20 else answer,  # the same record for ever
    ],
)
async def test_garbage_is_told_and_not_read(spoil: Callable[[bytes], bytes]) -> None:
    assert await trouble(SimulatedSocialSecurityCard(spoil=spoil)) is ChipTrouble.GARBLED


@pytest.mark.parametrize(
    ("holder", "problem"),
    [
        (SimulatedHolder(number="110101199003070012"), SocialSecurityProblem.BAD_CHECKSUM),
        (SimulatedHolder(birth="19900308"), SocialSecurityProblem.BIRTH_DIFFERS_FROM_NUMBER),
        (SimulatedHolder(birth="19900231"), SocialSecurityProblem.BAD_BIRTH_DATE),
        (SimulatedHolder(birth="199A0307"), SocialSecurityProblem.BAD_BIRTH_DATE),
        (SimulatedHolder(sex=b"3"), SocialSecurityProblem.UNKNOWN_SEX),
        (SimulatedHolder(ethnic_code="57"), SocialSecurityProblem.UNKNOWN_ETHNICITY),
        (SimulatedHolder(ethnic_code="1A"), SocialSecurityProblem.UNKNOWN_ETHNICITY),
        (SimulatedHolder(expires="FFFFFFFF"), SocialSecurityProblem.BAD_VALIDITY),
        (SimulatedHolder(expires="20191231"), SocialSecurityProblem.REVERSED_VALIDITY),
        (SimulatedHolder(name="一二三四五六七八九十一二三四五"), SocialSecurityProblem.NAME_FILLS_ITS_FIELD),
        (SimulatedHolder(name="a\nb"), SocialSecurityProblem.BAD_TEXT),
    ],
)
async def test_impossible_data_is_a_finding(holder: SimulatedHolder, problem: SocialSecurityProblem) -> None:
    assert problem in (await read(SimulatedSocialSecurityCard(holder))).problems


async def test_what_is_not_stored_is_missing_and_not_empty() -> None:
    for tag in (0x01, 0x07, 0x08, 0x09, 0x0C):
        for stored in (None, b"\xff" * 3):
            card = await read(SimulatedSocialSecurityCard(replaced={tag: stored}))
            assert SocialSecurityProblem.ITEM_MISSING in card.problems


async def test_a_name_that_is_no_gbk_is_no_name() -> None:
    card = await read(SimulatedSocialSecurityCard(replaced={0x09: b"\xb2\xe2\xca".ljust(30, b"\0")}))
    assert card.holder is not None
    assert card.holder.name == ""
    assert card.problems == (SocialSecurityProblem.BAD_TEXT,)


async def test_a_rare_name_of_an_old_card_is_what_it_is_called_today() -> None:
    card = await read(SimulatedSocialSecurityCard(replaced={0x09: b"\xd5\xc5\xfe\x9f".ljust(30, b" ")}))
    assert card.holder is not None
    assert card.holder.name == "张䶮"
    assert card.problems == ()


@pytest.mark.parametrize(
    ("byte", "sex"), [(b"0", Sex.UNKNOWN), (b"2", Sex.FEMALE), (b"\x02", Sex.FEMALE), (b"9", Sex.NOT_STATED)]
)
async def test_sex_is_read_as_character_or_as_number(byte: bytes, sex: Sex) -> None:
    card = await read(SimulatedSocialSecurityCard(SimulatedHolder(sex=byte)))
    assert card.holder is not None
    assert card.holder.sex is sex


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.binary(max_size=40), min_size=1, max_size=40))
async def test_any_answers_at_all_are_a_card_or_a_typed_no(answers: list[bytes]) -> None:
    channel = Channel(lambda _: answers[(len(channel.commands) - 1) % len(answers)])
    with pytest.raises(ChipUnreadable):
        await read_social_security_card(channel)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.integers(min_value=0, max_value=15), st.integers(min_value=0), st.integers(min_value=1, max_value=255)
)
async def test_one_wrong_byte_is_told_or_changes_only_free_text(which: int, place: int, change: int) -> None:
    """No single wrong byte makes another number, birthday or end of validity without a finding."""
    card = SimulatedSocialSecurityCard()
    said = 0

    def spoilt(command: bytes) -> bytes:
        nonlocal said
        answer = bytearray(card.answer(command))
        if said == which:
            answer[place % len(answer)] ^= change
        said += 1
        return bytes(answer)

    try:
        heard = await read_social_security_card(Channel(spoilt))
    except ChipUnreadable:
        return
    if not heard.problems and heard.holder is not None and SOUND.holder is not None:
        assert (heard.holder.number, heard.holder.birth) == (SOUND.holder.number, SOUND.holder.birth)
