"""The social-security card: the exchange of commands and answers, and its records."""

from __future__ import annotations

from datetime import date

from devices.contracts.social_security_card import ChipUnreadable, SocialSecurityCard
from devices.simulators.social_security_card import SimulatedHolder, SimulatedSocialSecurityCard
from devices.smart_card.social_security import read_social_security_card
from tests.devices.fuzz.target import Target, require

LONGEST_ANSWER = 258
MOST_COMMANDS = 2_000


class Recorded:
    """A real card's answers, noted one after the other: length in two bytes, then the answer."""

    def __init__(self, card: SimulatedSocialSecurityCard) -> None:
        self._card = card
        self.noted = b""

    async def transmit(self, command: bytes) -> bytes:
        """Ask the card."""
        answer = self._card.answer(command)
        self.noted += len(answer).to_bytes(2, "big") + answer
        return answer


class Scripted:
    """Answers from the bytes of a case; none are left: no answer at all."""

    def __init__(self, data: bytes) -> None:
        self._rest = data
        self.commands = 0

    async def transmit(self, _command: bytes) -> bytes:
        """Give the next answer."""
        self.commands += 1
        require(self.commands < MOST_COMMANDS, "asks without end")
        length = int.from_bytes(self._rest[:2], "big") % (LONGEST_ANSWER + 1)
        answer, self._rest = self._rest[2 : 2 + length], self._rest[2 + length :]
        return answer


def read(channel: Recorded | Scripted) -> SocialSecurityCard | None:
    """Read a card; neither channel ever waits. None for a typed no."""
    reading = read_social_security_card(channel)
    try:
        reading.send(None)
    except StopIteration as done:
        card = done.value
        require(isinstance(card, SocialSecurityCard), "something that is no card")
        return card if isinstance(card, SocialSecurityCard) else None
    except ChipUnreadable:
        return None
    finally:
        reading.close()
    return None


def seeds() -> list[bytes]:
    """The whole conversation with cards of several manners."""
    holder = SimulatedHolder()
    cards = [
        SimulatedSocialSecurityCard(holder),
        SimulatedSocialSecurityCard(holder, manner="waits"),
        SimulatedSocialSecurityCard(holder, manner="asks_length"),
        SimulatedSocialSecurityCard(holder, locked=True),
    ]
    conversations = []
    for card in cards:
        recorded = Recorded(card)
        read(recorded)
        conversations.append(recorded.noted)
    return conversations


def check(data: bytes) -> None:
    """A card or a typed no; a sound one has its days; nothing of it is in its repr."""
    card = read(Scripted(data))
    if card is None:
        return
    if not card.problems:
        require(
            isinstance(card.issued, date) and isinstance(card.expires, date), "sound, but without its days"
        )
        require(card.holder is None or isinstance(card.holder.birth, date), "sound, but without a birthday")
    require(repr(card) == "SocialSecurityCard(…)", "a repr that tells")


TARGETS = (Target("smart-card", seeds, check),)
