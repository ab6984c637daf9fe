"""From measurements to figures: what stands beside what, which aims hold, and why a missed one is missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from benchmarks.at_rest import SESSIONS, TERMINAL, AtRest
from benchmarks.figures import Aim, Chapter, Figure, Peer, Samples
from benchmarks.run import SLOW_BAUD, Drawn, Measured
from benchmarks.visit import Taken

RECORD_BYTES = 15 + 19 + 1295
"""What a reader sends for one card: found, selected, the record (SAM_V serial protocol, response table)."""

BITS_PER_BYTE = 10

_SOFTWARE, _OPENGL = "software", "OpenGL (llvmpipe)"

_KEPT_REASON = (
    "The disk is not what it takes longest for. Beside the bare INSERT the terminal checks the envelope's "
    "hash and header, signs all of it (Ed25519), writes two tables with their indexes in one transaction; "
    "and the envelope comes to it in parts of 32 KiB, as base64 in JSON, between two Python processes. "
    "These checks are what “kept” means here, so they stay."
)
_SENT_REASON = (
    "Beside the commit, which is the line above, there is the form's PDF, and most of that is reading its "
    "16 MB Chinese font: a session makes one PDF in its life, so it always pays for the first. It happens "
    "on a thread of its own, while the page says that it is being sent. (The parts were each measured "
    "alone, the font and the record in a process that does nothing else; what they leave of the whole, "
    "among it the touch's way and two screens, was not taken apart.)"
)


def chapters(measured: Measured) -> list[Chapter]:
    """All figures, in the order in which a citizen meets them."""
    drawn = [(_SOFTWARE, measured.software)]
    if measured.opengl is not None:
        drawn.append((_OPENGL, measured.opengl))
    return [
        Chapter(
            "On the glass",
            "Seen from outside, on the X root: a region of the screen is read again and again (about "
            "every two milliseconds) until it looks as the awaited screen did on an earlier, untimed visit. "
            "Touches are XTEST presses of 60 ms, counted from the release. Beside it: a bare Qt Quick "
            "window of one colour without words or Python (`benchmarks/bare_window.py`), on the same X "
            "server. “Start” is from the start of `main.py run` with every file in the page cache; "
            "“leave” is touched, and “crash” is a SIGKILL, on the page with the person's photo and name "
            "on it; clean is the next session's welcome page, from beneath its title and its line on what "
            "works to its foot.",
            [figure for name, one in drawn for figure in _glass(name, one)],
        ),
        Chapter(
            "Card",
            "From the card on the simulated reader, at a moment of chance, to the page that names the "
            "days until that card ends: a field of the card, on screen. Beside it, computed: the time "
            f"that the reader's answers ({RECORD_BYTES} bytes) take on the wire, at ten bits a byte. The "
            "pty is paced to that rate; the time a real reader needs for the radio is not in either.",
            [
                _card(115_200, measured.software.visits.card),
                *([_card(SLOW_BAUD, measured.slow_card)] if measured.slow_card else []),
            ],
        ),
        Chapter(
            "Send to kept",
            "“Handed over” is between the first part of the envelope on the pipe and `Committed`, at a "
            "real terminal with the network cut. The bare commit is one INSERT of the same bytes (WAL, "
            "`synchronous=FULL`), the bare fsync the same bytes appended to a file; both in turns with "
            "it, on the same file system. “On the glass” is what a citizen waits: from the touch on "
            "签名并提交 to the page that says 已暂存.",
            _kept(measured),
        ),
        *(
            Chapter(
                f"At rest, {name}",
                "The welcome page with nobody there, settings as shipped, accessibility on. Memory is PSS "
                "(pages that several share are divided among them); Chromium shows a page of the same "
                "words at the same places, headless. Processor time is of all threads together, over the "
                "same seconds for both.",
                _rest(one.rest, name),
            )
            for name, one in drawn
        ),
        _envelope(measured),
    ]


def _glass(name: str, drawn: Drawn) -> list[Figure]:
    visits, bare_touch = drawn.visits, Peer("bare window", _ms(drawn.bare.touch))
    return [
        Figure("start to welcome", _ms(drawn.start), name, Peer("bare window", _ms(drawn.bare.start))),
        Figure("touch to next screen", _ms(visits.touch), name, bare_touch),
        *(
            [
                Figure(
                    "leave to clean screen",
                    _ms(visits.leave),
                    name,
                    bare_touch,
                    Aim(50, as_ratio=False),
                    parts=_leaving(visits),
                    reason=(
                        "In it are the touch's way through Qt, the message to the terminal, the promotion "
                        "of the next session and that one's redrawing; the last is what a renderer "
                        "without a graphics chip spends its time on."
                    ),
                )
            ]
            if visits.leave
            else []
        ),
        *([Figure("crash to clean screen", _ms(visits.crash), name, bare_touch)] if visits.crash else []),
    ]


def _leaving(visits: Taken) -> list[tuple[str, float]]:
    """A crash only uncovers: what leaving takes beyond it is the touch, the message and the promotion."""
    if not visits.crash:
        return []
    uncovering = median(visits.crash)
    parts = [("uncovering and redrawing the next session, as after a crash", uncovering)]
    beyond = median(visits.leave) - uncovering
    return [*parts, ("the touch, the message, the promotion", beyond)] if beyond > 0 else parts


def _card(baud: int, taken: Sequence[float]) -> Figure:
    wire_ms = 1000 * RECORD_BYTES * BITS_PER_BYTE / baud
    return Figure(
        f"card to fields at {baud} baud",
        _ms(taken),
        _SOFTWARE,
        Peer("the wire alone", _ms([wire_ms])),
        Aim(1.3, as_ratio=True),
        parts=(("the wire", wire_ms), ("looking for a card, reading it, drawing", median(taken) - wire_ms)),
        reason=(
            "Beside the wire there is the wait for the next search (10 ms on average, for a search every "
            "20), the way from the driver's thread to the screen, and drawing."
        ),
    )


def _kept(measured: Measured) -> list[Figure]:
    keep = measured.keep
    commit, queue = median(keep["bare_commit"]), median(keep["queue_commit"])
    handed, glass = median(keep["keep"]), median(measured.send) if measured.send else 0.0
    bare = Peer("bare commit", _ms(keep["bare_commit"]))
    fsync = Peer("bare fsync", _ms(keep["bare_fsync"]))
    on_glass = Figure(
        "touch to “kept” on the glass",
        _ms(measured.send or [0.0]),
        _SOFTWARE,
        bare,
        Aim(2, as_ratio=True),
        parts=(
            ("reading the font of the form", measured.envelope.font_ms),
            (
                "the record and its PDF otherwise",
                max(0.0, measured.envelope.first_record_ms - measured.envelope.font_ms),
            ),
            ("sealing", measured.envelope.seal_ms),
            ("handing over to Committed", handed),
            ("all of it", glass),
        ),
        reason=_SENT_REASON,
    )
    return [
        Figure(
            "handed over to “kept”",
            _ms(keep["keep"]),
            "",
            bare,
            Aim(2, as_ratio=True),
            parts=(
                ("a bare commit", commit),
                ("checks, signature and the second table", max(0.0, queue - commit)),
                ("the pipe, base64, JSON, threads", max(0.0, handed - queue)),
            ),
            reason=_KEPT_REASON,
        ),
        *([on_glass] if measured.send else []),
        Figure("the queue's own commit", _ms(keep["queue_commit"]), "", bare),
        Figure("bare commit", _ms(keep["bare_commit"]), "", fsync),
    ]


def _rest(rest: AtRest, renderer: str) -> list[Figure]:
    browser = Peer("Chromium", Samples.of(rest.browser_memory, "MB"))
    browser_time = Peer("Chromium", Samples.of(rest.browser_processor, "% of a core"))
    memory, screens = rest.memory, (TERMINAL, *SESSIONS)
    return [
        Figure(
            "memory: terminal and both sessions",
            Samples.of(_together(memory, screens), "MB"),
            renderer,
            browser,
            Aim(1, as_ratio=True),
            parts=[(name, median(memory[name])) for name in screens],
            reason=(
                "Two sessions live at a time, one of them beneath the other: that is the price of a next "
                "citizen who never waits."
            ),
        ),
        Figure(
            "memory: with both face workers", Samples.of(_together(memory, memory), "MB"), renderer, browser
        ),
        *(Figure(f"memory: {name}", Samples.of(used, "MB"), renderer) for name, used in memory.items()),
        Figure(
            "idle: all processes",
            Samples.of(_together(rest.processor, rest.processor), "% of a core"),
            renderer,
            browser_time,
            Aim(3, as_ratio=False),
            parts=[(name, median(used)) for name, used in rest.processor.items()],
            reason="The heartbeats of two sessions, ten a second each, and the probes of the devices.",
        ),
        *(
            Figure(f"idle: {name}", Samples.of(used, "% of a core"), renderer)
            for name, used in rest.processor.items()
        ),
    ]


def _together(parts: Mapping[str, Sequence[float]], names: Iterable[str]) -> list[float]:
    """Sample by sample, the sum of some parts."""
    return [sum(sample) for sample in zip(*(parts[name] for name in names), strict=True)]


def _envelope(measured: Measured) -> Chapter:
    weighed = measured.envelope
    return Chapter(
        "Envelope",
        "The main matter's application of the invented resident with the shortest answers and a signature "
        "of 71 points: the bytes that are kept and sent. Beside it, the record in clear that is inside. "
        "Base64 makes it larger by a third; sealing by 48 bytes and the header.",
        [
            Figure(
                "envelope with the form's PDF",
                _kb(weighed.sealed),
                peer=Peer("record in clear", _kb(weighed.record)),
            ),
            Figure(
                "envelope without the PDF",
                _kb(weighed.sealed_without_pdf),
                peer=Peer("record in clear, without it", _kb(weighed.record_without_pdf)),
            ),
            Figure("the PDF itself", _kb(weighed.pdf)),
        ],
    )


def _ms(values: Sequence[float]) -> Samples:
    return Samples.of(values, "ms")


def _kb(size: int) -> Samples:
    return Samples.of([size / 1000], "KB")
