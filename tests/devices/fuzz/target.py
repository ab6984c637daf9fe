"""One parser to be fuzzed: where to begin, and what must hold for any bytes at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


class Broken(AssertionError):
    """A parser did what it must not do."""


@dataclass(frozen=True)
class Target:
    """`check` takes any bytes; it raises `Broken`, or what the parser let out that is no type of its own."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    check: Callable[[bytes], None]


def require(held: object, what: str) -> None:
    """Raise `Broken` unless `held`."""
    if not held:
        raise Broken(what)


def pieces(data: bytes) -> Iterable[bytes]:
    """`data` cut at places that the data itself chooses, so that a case says where it was cut."""
    if not data:
        return [b""]
    cuts = {(byte * 31 + place) % (len(data) + 1) for place, byte in enumerate(data[:6])}
    edges = sorted({0, len(data), *cuts})
    return [data[begin:end] for begin, end in pairwise(edges)]
