"""Drivers that each break one promise of a card reader, to show that the suite notices."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from devices.contracts.id_cards import CardUnreadable, IdCard, IdCardReader, ResidentCard
from devices.sam_v.reader import SamVReader
from devices.statuses import DeviceFault, ReaderHealth, Ready
from tests.devices.conformance.id_reader_benches import SamVBench


class _ReadsWhateverLiesThere(SamVReader):
    def __init__(self, port: str, baud: int) -> None:
        super().__init__(port, baud, lying_too=True)


class _KeepsTheLastRecord(SamVReader):
    _kept: IdCard | None = None

    async def next_card(self, *, fingerprints: bool = False) -> IdCard:
        self._kept = self._kept or await super().next_card(fingerprints=fingerprints)
        return self._kept


class _MixesTwoCards(SamVReader):
    async def next_card(self, *, fingerprints: bool = False) -> IdCard:
        card = await super().next_card(fingerprints=fingerprints)
        if isinstance(card, ResidentCard) and card.additional_address is None:
            other = await super().next_card()
            if isinstance(other, ResidentCard):
                return replace(card, additional_address=other.additional_address)
        return card


class _WaitsForEver(SamVReader):
    async def next_card(self, *, fingerprints: bool = False) -> IdCard:
        while True:
            try:
                return await super().next_card(fingerprints=fingerprints)
            except (CardUnreadable, DeviceFault):
                await asyncio.sleep(0.1)


class _TakesSilenceForNoCard(SamVReader):
    async def health(self) -> ReaderHealth:
        await super().health()
        return ReaderHealth(Ready())


@dataclass(frozen=True)
class _Shown(ResidentCard):
    pass


class _ShowsThePerson(SamVReader):
    async def next_card(self, *, fingerprints: bool = False) -> IdCard:
        card = await super().next_card(fingerprints=fingerprints)
        return _Shown(**vars(card))


def _bench(weak: Callable[[str, int], IdCardReader]) -> Callable[[Path], SamVBench]:
    class Bench(SamVBench):
        def made(self, port: str) -> IdCardReader:
            return weak(port, 115_200)

    return Bench


WEAKENED: Mapping[str, Callable[[Path], SamVBench]] = {
    "reads whatever lies there": _bench(_ReadsWhateverLiesThere),
    "keeps the last record": _bench(_KeepsTheLastRecord),
    "mixes two cards": _bench(_MixesTwoCards),
    "waits for ever": _bench(_WaitsForEver),
    "takes silence for no card": _bench(_TakesSilenceForNoCard),
    "shows the person": _bench(_ShowsThePerson),
}
"""Benches of the SAM_V simulator by what is wrong with their driver."""
