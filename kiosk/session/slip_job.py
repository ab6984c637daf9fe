"""From the facts of a slip to the bytes for the printer."""

from __future__ import annotations

from pathlib import Path

from printing.escpos import encode

from kiosk.session.stages import Language
from printing.layout import lay_out
from printing.slip import SlipFacts, slip_document


def slip_bytes(facts: SlipFacts, language: Language, width_dots: int, font: Path) -> bytes:
    """One whole job, from initialisation to cut."""
    return encode(lay_out(slip_document(facts, language), width_dots), font)
