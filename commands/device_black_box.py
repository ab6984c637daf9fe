"""`device record` and `device replay`: a field fault goes into a file, and comes out of it as a device."""

from __future__ import annotations

import asyncio
from pathlib import Path

from commands.device_common import Voice
from devices.blackbox.player import Player
from devices.blackbox.recorder import LIMIT_BYTES, Recorder, TraceFile, head_of
from devices.blackbox.tap import LinkTaken, Tap
from devices.blackbox.trace import BadTrace, Kind, Trace, read_trace
from devices.statuses import DeviceFault

PROGRAM = "hall-terminal 0.1.0"

_SECTIONS = {Kind.SAM_V: "id_reader", Kind.ESCPOS: "printer", Kind.SCANNER: "scanner"}


def record(
    voice: Voice, port: str, output: Path, kind: Kind, baud: int, link: Path, limit_mb: float | None
) -> None:
    """Record until stopped."""
    try:
        tap = Tap(link, baud)
    except LinkTaken as taken:
        voice.refuse(str(taken))
    except OSError as error:
        voice.refuse(f"{link}: cannot be made: {error.strerror}")
    try:
        limit = LIMIT_BYTES if limit_mb is None else round(limit_mb * 1e6)
        try:
            file = TraceFile(output, head_of(kind, baud, PROGRAM), limit)
        except FileExistsError:
            voice.refuse(f"{output}: is there already; a trace is never written over")
        except OSError as error:
            voice.refuse(f"{output}: {error.strerror}")
        recorder = Recorder(port, tap, file, kind, voice.note)
        try:
            voice.until_stopped(_record(recorder, voice, port, output, kind, link))
        except DeviceFault as fault:
            if not file.events:
                output.unlink(missing_ok=True)
            voice.fault(port, fault)
        finally:
            file.close()
    finally:
        tap.unplug()
    answer = {
        "output": str(output),
        "kind": kind.value,
        "events": file.events,
        "port": port,
        "link": str(link),
    }
    voice.result(answer, f"{file.events} events in {output}")


async def _record(recorder: Recorder, voice: Voice, port: str, output: Path, kind: Kind, link: Path) -> None:
    recording = asyncio.create_task(recorder.run())
    try:
        opened = asyncio.create_task(recorder.opened.wait())
        await asyncio.wait({opened, recording}, return_when=asyncio.FIRST_COMPLETED)
        opened.cancel()
        if recording.done():
            return recording.result()
        section = _SECTIONS.get(kind)
        voice.note(
            f"Recording {port} ({kind.value}) into {output}, without what it says about anybody.\n"
            f"Point the driver at {link}"
            + (f": python main.py run … --set {section}.port={link}" if section else "")
            + "\nCtrl-C ends the recording, and with it the driver's connection."
        )
        await recording
    finally:
        recording.cancel()
        await asyncio.gather(recording, return_exceptions=True)


def load(voice: Voice, file: Path) -> Trace:
    """The trace in `file`, or one line and the end."""
    try:
        return read_trace(file.read_text("utf-8"))
    except OSError as error:
        voice.refuse(f"{file}: {error.strerror}")
    except UnicodeDecodeError:
        voice.refuse(f"{file}: is no text, so no trace")
    except BadTrace as bad:
        voice.refuse(f"{file}: {bad}")


def replay(voice: Voice, file: Path, link: Path) -> None:
    """Play until stopped."""
    trace = load(voice, file)
    try:
        tap = Tap(link, trace.head.baud)
    except LinkTaken as taken:
        voice.refuse(str(taken))
    except OSError as error:
        voice.refuse(f"{link}: cannot be made: {error.strerror}")
    except ValueError as error:
        voice.refuse(f"{file}: {error}")
    player = Player(trace, tap)
    try:
        voice.note(
            f"Playing {file} ({trace.head.kind.value}, {trace.head.baud} baud, {player.questions} questions) "
            f"at {link}, with an invented person in place of what was left out. Ctrl-C ends it."
        )
        voice.until_stopped(player.run())
    finally:
        tap.unplug()
    answer = {
        "file": str(file),
        "kind": trace.head.kind.value,
        "link": str(link),
        "questions": player.questions,
        "asked": player.asked,
        "never_recorded": player.unknown_questions,
        "played_through": player.played_through.is_set(),
    }
    end = (
        "to its end" if player.played_through.is_set() else f"{player.asked} of {player.questions} questions"
    )
    never = (
        f"; {player.unknown_questions} questions that nobody had asked then"
        if player.unknown_questions
        else ""
    )
    voice.result(answer, f"Played {end}{never}.")
