"""`queue restore`: applications from slips into the queue of the running terminal, or of none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commands.device_common import Voice, be_quiet
from config.layers import BadConfiguration, load
from config.settings import Settings
from kiosk.terminal.app import open_outbox
from kiosk.terminal.boot import BootRefused, only_terminal
from kiosk.terminal.control import SOCKET_NAME, NoTerminal, ask
from offline_queue.failures import QueueFailure
from offline_queue.restore import PREFIX
from offline_queue.restore_into import restore_into
from offline_queue.signing import TerminalKey

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
    be_quiet()
    try:
        settings = load(config or [], overrides or []).settings
    except BadConfiguration as mistake:
        voice.refuse(str(mistake))
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
    terminal = settings.terminal
    if (terminal.runtime_dir / SOCKET_NAME).exists():
        try:
            answer = ask(terminal.runtime_dir, "queue-restore", codes="\n".join(texts))
        except NoTerminal:
            pass  # it left its socket behind; whether one runs is decided by the lock below
        else:
            if "error" in answer:
                voice.refuse(str(answer["error"]))
            return answer
    try:
        with only_terminal(terminal.state_dir):
            outbox = open_outbox(settings, TerminalKey.load(terminal.id, terminal.signing_key))
            try:
                return restore_into(outbox, texts)
            finally:
                outbox.close()
    except (BootRefused, QueueFailure) as refused:
        voice.refuse(str(refused))
