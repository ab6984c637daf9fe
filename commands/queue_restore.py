"""`queue restore`: applications from slips into the queue of the running terminal, or of none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commands.device_common import Voice
from commands.queue_asking import of_file, of_terminal, settings_of
from config.settings import Settings
from offline_queue.restore import PREFIX
from offline_queue.restore_into import restore_into

INCOMPLETE = 3
_MOST_CHARACTERS = 60_000
"""What one question to a running terminal can hold: more than ten slips."""

_BEFORE = {
    None: "is back in the queue and will be delivered",
    "kept": "was in this queue already and will be delivered",
    "delivered": "was delivered by this terminal already, as {filing_no}",
    "quarantined": "is here already, set aside for a technician",
}


def answer(
    voice: Voice, sources: Sequence[str], config: list[Path] | None, overrides: list[str] | None
) -> None:
    """Read the codes of all `sources` together and keep what is whole."""
    settings = settings_of(voice, config, overrides)
    texts = [text for source in sources for text in _texts(voice, source)]
    if not any(text.startswith(PREFIX) for text in texts):
        voice.refuse(
            "no restore code in these pictures: only a slip that says “kept” has them, in halls that want it"
        )
    if sum(map(len, texts)) > _MOST_CHARACTERS:
        voice.refuse("too many slips at once: bring back ten at a time")
    kept = _kept(voice, settings, texts)
    lines = [
        f"{one['terminal']} {one['local_no']} {_BEFORE[one['before']].format(**one)}"
        for one in kept["restored"]
    ]
    wrong = [unreadable["words"] for unreadable in kept["wrong"]]
    if wrong:
        kept |= {"error": wrong[0], "reason": kept["wrong"][0]["fault"]}
    voice.result(kept, "\n".join([*lines, *wrong]))
    if wrong:
        voice.end("not everything could be brought back; photograph each code from close by", INCOMPLETE)


def _texts(voice: Voice, source: str) -> list[str]:
    from printing.proof_pictures import NoPicture, codes_in

    if source.startswith(PREFIX):
        return [source]
    try:
        codes = codes_in(Path(source))
    except NoPicture as error:
        voice.refuse(str(error))
    if not codes:
        voice.note(f"{source}: no QR code can be read")
    return codes


def _kept(voice: Voice, settings: Settings, texts: list[str]) -> dict[str, Any]:
    answer = of_terminal(voice, settings, "queue-restore", {"codes": "\n".join(texts)})
    return of_file(voice, settings, lambda outbox: restore_into(outbox, texts)) if answer is None else answer
