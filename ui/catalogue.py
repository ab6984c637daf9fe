"""The English catalogue in the form that Qt's own translator reads (`.qm`), made in memory.

Not a translator in Python: Qt also asks on the thread that compiles QML, and waits on the main thread for
that thread meanwhile. A translator that needed the interpreter's lock there would stop the screen for ever.

Source: Qt's qtranslator.cpp (sections of a `.qm` file, tags of a message, hash of a source text). Messages of
one hash stand one after the other; Qt takes the one whose context is asked for.
"""

from __future__ import annotations

import struct

from ui.linguist import Catalogue

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69
_END, _TRANSLATION, _SOURCE_TEXT, _CONTEXT = 1, 3, 6, 7


def qm(catalogue: Catalogue) -> bytes:
    """Make a catalogue of sentences by their contexts and source texts."""
    messages, places = bytearray(), []
    for context, sentences in catalogue.items():
        for source, said in sentences.items():
            places.append((_elf_hash(source.encode()), len(messages)))
            messages += _tagged(_TRANSLATION, said.encode("utf-16-be"))
            messages += _tagged(_SOURCE_TEXT, source.encode())
            messages += _tagged(_CONTEXT, context.encode())
            messages += bytes([_END])
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    return _MAGIC + _tagged(_HASHES, hashes) + _tagged(_MESSAGES, bytes(messages))


def _tagged(tag: int, data: bytes) -> bytes:
    return struct.pack(">BI", tag, len(data)) + data


def _elf_hash(text: bytes) -> int:
    hashed = 0
    for byte in text:
        hashed = (hashed << 4) + byte
        high = hashed & 0xF0000000
        hashed = (hashed ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return hashed or 1
