"""Wrong bytes made from right ones: seeded, so that a case can be made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

_MOST = 4


def mutated(seeds: Sequence[bytes], seed: int) -> Iterator[bytes]:
    """Cases without end: each a seed, or two, with up to `_MOST` things wrong."""
    random = Random(seed)  # noqa: S311  a case must be made again from its seed
    while True:
        case = random.choice(seeds)
        for _ in range(random.randrange(_MOST + 1)):
            case = _once(case, seeds, random)
        yield case


def _once(case: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    at = random.randrange(len(case) + 1)
    match random.randrange(8):
        case 0:  # another byte
            return case[:at] + random.randbytes(1) + case[at + 1 :]
        case 1:  # one bit
            return (
                case[:at]
                + bytes(byte ^ 1 << random.randrange(8) for byte in case[at : at + 1])
                + case[at + 1 :]
            )
        case 2:  # cut off
            return case[:at]
        case 3:  # its beginning lost
            return case[at:]
        case 4:  # garbage in between
            return case[:at] + random.randbytes(random.randrange(1, 9)) + case[at:]
        case 5:  # bytes lost in between
            return case[:at] + case[at + random.randrange(1, 9) :]
        case 6:  # another one begins in the middle
            other = random.choice(seeds)
            return case[:at] + other[random.randrange(len(other) + 1) :]
        case _:  # a part said twice
            return case[:at] + case[max(0, at - random.randrange(1, 65)) :]
