"""The messages that cross the pipe between terminal and session: one discriminated union each way.

The pipe is an AF_UNIX SOCK_SEQPACKET socket pair, one JSON message a packet, at most `PACKET_LIMIT` bytes.
Nothing personal is in any message: an application crosses as chunks of an envelope and of parts that the
session has already sealed to the platform, and a question for shared data and its answer cross sealed, too.
An unknown or malformed message is a `BadMessage`, and ends the session.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

PACKET_LIMIT = 64 * 1024
"""Bytes; the largest packet either side sends or reads."""

SEALED_CHUNK = 32 * 1024
"""Bytes of what is sealed in one `SealedChunk`, before base64."""

MOST_CHUNKS = 256
"""Of one application with all of its parts."""

SHARED_DATA_LIMIT = 32 * 1024
"""Bytes of a sealed question for shared data, or of a sealed answer, before base64."""

PlatformReach = Literal["online", "offline", "unknown"]
OfflinePolicy = Literal["keep_with_notice", "forbidden"]
ClockTrust = Literal["platform", "system", "untrusted"]
"""How far the clock can be believed: checked against the platform, only the system's word, known wrong."""

PrintState = Literal["started", "printed", "not_printed", "unknown"]
ReprintReason = Literal["not_come_out", "unreadable", "torn"]
"""Why a person wants the slip again, as they have said."""
LeaveReason = Literal["finished", "left", "idle", "too_long", "trouble"]
CommitRefusal = Literal[
    "disk_full", "storage_failed", "hash_mismatch", "incomplete", "item_offline", "queue_full"
]
PinRefusal = Literal["wrong", "locked"]
SharedDataFailure = Literal["offline", "refused", "late"]
"""Nobody was asked or reached; somebody answered, but not as the platform would; no answer in time."""


_SHARED_DATA_BASE64 = -(-SHARED_DATA_LIMIT // 3) * 4

_ANNOUNCEMENT = 8192
"""Characters of the platform's announcement of an envelope key."""

_WORD = r"^[a-zA-Z_]{1,32}$"
"""One word of a vocabulary: it goes to the log."""


class BadMessage(ValueError):
    """A packet that is no message of this pipe; its text names the reason, never the content."""


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# ---- session → terminal ----------------------------------------------------------------------------------


class Ready(_Message):
    """The window is mapped beneath and its first frame is rendered: the session can be promoted."""

    kind: Literal["ready"] = "ready"


class Heartbeat(_Message):
    """Sent every 100 ms by the GUI loop, and only if the services thread has ticked since the last one."""

    kind: Literal["heartbeat"] = "heartbeat"


class StepShown(_Message):
    """The screen now shows this step. `step` is a name of the journey's, never an answer."""

    kind: Literal["step_shown"] = "step_shown"
    step: str = Field(max_length=64, pattern=r"^[a-z_:.0-9]+$")


class DeviceHealth(_Message):
    """One device in the words of `devices.statuses`; `reason` is for the technician (docs/reasons.md)."""

    state: str = Field(pattern=_WORD)
    reason: str = Field(default="none", pattern=_WORD)
    paper: str | None = Field(default=None, pattern=_WORD)
    media: str | None = Field(default=None, pattern=_WORD)
    """Paper and media are None where the device has none."""


class HealthReport(_Message):
    """What the visible session knows of its devices."""

    kind: Literal["health_report"] = "health_report"
    devices: dict[str, DeviceHealth]


class Prepare(_Message):
    """The citizen touched "sign and send": the session minted the id and asks what the record must carry."""

    kind: Literal["prepare"] = "prepare"
    application_id: str = Field(pattern=r"^[0-9a-f-]{36}$")


class SealedChunk(_Message):
    """Chunk `index` of `count` of an envelope or of one of its parts, named by its SHA-256; base64."""

    kind: Literal["sealed_chunk"] = "sealed_chunk"
    application_id: str = Field(pattern=r"^[0-9a-f-]{36}$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    index: int = Field(ge=0)
    count: int = Field(gt=0, le=MOST_CHUNKS)
    data: str


class Commit(_Message):
    """All is sent: make the envelope and its parts durable, then answer `Committed` or `CommitRefused`."""

    kind: Literal["commit"] = "commit"
    application_id: str = Field(pattern=r"^[0-9a-f-]{36}$")
    item: str
    item_version: str
    local_no: str
    envelope_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    offline_policy: OfflinePolicy
    compact: str | None = Field(default=None, max_length=8192)
    """The compact envelope for the slip's restore codes, base64, to be signed; None without them."""


class OutcomeShown(_Message):
    """The citizen's screen has shown what became of the application."""

    kind: Literal["outcome_shown"] = "outcome_shown"
    application_id: str = Field(pattern=r"^[0-9a-f-]{36}$")


class PinAttempt(_Message):
    """A guide's number and PIN, to be checked and counted in the terminal."""

    kind: Literal["pin_attempt"] = "pin_attempt"
    staff_no: str = Field(pattern=r"^[0-9]{4}$")
    pin: str = Field(pattern=r"^[0-9]{6}$", repr=False)


class AskSharedData(_Message):
    """One question about the verified person, sealed to the platform, base64. A newer one takes its place."""

    kind: Literal["ask_shared_data"] = "ask_shared_data"
    question_id: str = Field(pattern=r"^[0-9a-f-]{36}$")
    data: str = Field(max_length=_SHARED_DATA_BASE64)


MOST_GUIDES = 6
"""Guides that one visit may print: more is play, or a fault."""


class PrintJob(_Message):
    """The life of one paper job: `started` before its first byte, then how it ended."""

    kind: Literal["print_job"] = "print_job"
    job_id: str = Field(pattern=r"^[0-9a-f-]{36}$")
    paper: Literal["slip", "guide"] = "slip"
    """What a person applied for or asked to see; or the guide of a matter, which is nobody's."""
    state: PrintState
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    reason: str = Field(default="", max_length=200)
    reprint_of: str | None = Field(default=None, pattern=r"^[0-9a-f-]{36}$")
    """The job whose slip this one stands for once more: one of the same session, and each at most once."""
    reprint_reason: ReprintReason | None = None

    @model_validator(mode="after")
    def _has_both_or_none(self) -> PrintJob:
        if (self.reprint_of is None) != (self.reprint_reason is None):
            raise ValueError("a reprint has a job and a reason")
        if self.paper == "guide" and self.reprint_of is not None:
            raise ValueError("a guide is printed anew, and stands for no other")
        return self


class PrinterFlushed(_Message):
    """The printer's buffer is empty: no earlier job can come out any more."""

    kind: Literal["printer_flushed"] = "printer_flushed"


class GuideOpened(_Message):
    """The page of a matter that this terminal cannot do was opened: counted by day, without persons."""

    kind: Literal["guide_opened"] = "guide_opened"
    item: str = Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")


class NothingFound(_Message):
    """Words with which somebody left without having found anything; nothing that looks like a number."""

    kind: Literal["nothing_found"] = "nothing_found"
    words: str = Field(min_length=2, max_length=20, pattern=r"^[^0-9]*$", repr=False)


class Rating(_Message):
    """One voluntary rating of this self-service, 1 (very poor) to 5 (very good)."""

    kind: Literal["rating"] = "rating"
    application_id: str = Field(pattern=r"^[0-9a-f-]{36}$")
    level: int = Field(ge=1, le=5)


class CallGuide(_Message):
    """Somebody wants a guide to come. Nothing is said of who, or where in what."""

    kind: Literal["call_guide"] = "call_guide"
    call_id: str = Field(pattern=r"^[0-9a-f-]{36}$")


class CallOver(_Message):
    """No guide need come any more: the person gets on, or one is here already."""

    kind: Literal["call_over"] = "call_over"


class Leaving(_Message):
    """This session is over: uncover a fresh one, then end this process group."""

    kind: Literal["leaving"] = "leaving"
    reason: LeaveReason


# ---- terminal → session ----------------------------------------------------------------------------------


class KeptNotice(_Message):
    """An application that was kept but whose outcome no screen has shown."""

    local_no: str


KeepingLimit = Literal["too_many", "too_old", "too_long_offline", "disk_full", "no_key"]
"""Why the terminal keeps nothing new: what waits, the age of the oldest, no platform for days, no room, and
no key to seal to that is not withdrawn."""


class Keeping(_Message):
    """Whether new applications can be kept, and how many days the oldest one has waited."""

    limit: KeepingLimit | None = None
    waiting_days: int = Field(default=0, ge=0)


KEEPS = Keeping()
"""As on any day."""


class WithdrawnMatter(_Message):
    """A matter in one version, which nobody may begin or sign any more."""

    item: str = Field(max_length=64)
    version: str = Field(max_length=16)


class Revoked(_Message):
    """What the platform has taken back: keys to seal to, by name, and matters."""

    envelope_keys: tuple[str, ...] = Field(default=(), max_length=100)
    matters: tuple[WithdrawnMatter, ...] = Field(default=(), max_length=200)


NOTHING_REVOKED = Revoked()


class Promote(_Message):
    """Become the visible session: take focus, open the devices, show welcome."""

    kind: Literal["promote"] = "promote"
    reach: PlatformReach
    kept_notice: KeptNotice | None = None
    flush_printer: bool = False
    """An earlier session died with a paper job open: empty the printer before using it."""
    uses: dict[str, int] = Field(default_factory=dict)
    """How often matters were used in this hall lately; what was used rarely is not in it."""
    keeping: Keeping = KEEPS
    envelope_key: str | None = Field(default=None, max_length=_ANNOUNCEMENT)
    """As in `EnvelopeKeyChanged`; None as long as the settings' own key is the newest."""
    revoked: Revoked = NOTHING_REVOKED


class ReachChanged(_Message):
    """Whether the platform answers has changed."""

    kind: Literal["reach_changed"] = "reach_changed"
    reach: PlatformReach


class KeepingChanged(_Message):
    """Whether new applications can be kept has changed. Who is at it already may finish."""

    kind: Literal["keeping_changed"] = "keeping_changed"
    keeping: Keeping


class EnvelopeKeyChanged(_Message):
    """The platform's announcement of the key to seal to from now on, as it came, signed by the platform."""

    kind: Literal["envelope_key_changed"] = "envelope_key_changed"
    envelope_key: str = Field(max_length=_ANNOUNCEMENT)


class RevokedChanged(_Message):
    """More was taken back, now: it holds for who is being served, too."""

    kind: Literal["revoked_changed"] = "revoked_changed"
    revoked: Revoked


class ClockOffset(_Message):
    """The terminal's clock against the platform's, as it was compared last since the machine started."""

    offset_ms: int
    """What to add to the terminal's time to get the platform's: below 0 where the terminal is ahead."""
    uncertainty_ms: int = Field(ge=0)
    """Half of how long the answer took: by so much the offset may be wrong, either way."""
    age_s: int = Field(ge=0)
    """How long ago that was, by a clock that nobody can set."""


class Prepared(_Message):
    """What the record must carry and only the terminal knows."""

    kind: Literal["prepared"] = "prepared"
    application_id: str
    local_no: str
    clock_trust: ClockTrust
    clock_offset: ClockOffset | None = None
    """None: the clock was not compared since the machine started."""
    reach: PlatformReach


class Committed(_Message):
    """The envelope is durable, with its parts. Only now may a screen say "kept"."""

    kind: Literal["committed"] = "committed"
    application_id: str
    local_no: str
    statement: str | None = None
    """The signed statement for the slip's QR code; None where the terminal has no certificate."""
    compact_signature: str | None = None
    """The terminal's signature over the compact envelope, base64, if there was one."""


class CommitRefused(_Message):
    """The envelope is not kept, and nothing was changed."""

    kind: Literal["commit_refused"] = "commit_refused"
    application_id: str
    reason: CommitRefusal


class DeliveredMember(_Message):
    """A matter of a joint application, with its own number: passed on to an authority, or taken over."""

    item: str
    filing_no: str
    state: Literal["received", "taken_over"]


class Delivered(_Message):
    """A receipt with a verified signature arrived. Only now may a screen say "received by the platform"."""

    kind: Literal["delivered"] = "delivered"
    application_id: str
    filing_no: str
    received_at: str
    statement: str | None = None
    """As in `Committed`, with the filing number."""
    members: tuple[DeliveredMember, ...] = ()
    """Of a joint application: every matter that is done."""


class SharedDataTold(_Message):
    """What came back to a question, base64: sealed to the session, which alone can tell what it is worth."""

    kind: Literal["shared_data_told"] = "shared_data_told"
    question_id: str
    data: str = Field(max_length=_SHARED_DATA_BASE64)


class SharedDataMissing(_Message):
    """Nothing came back to a question."""

    kind: Literal["shared_data_missing"] = "shared_data_missing"
    question_id: str
    reason: SharedDataFailure


class PinAccepted(_Message):
    """The guide is who the number says."""

    kind: Literal["pin_accepted"] = "pin_accepted"
    staff_no: str


class PinRefused(_Message):
    """Wrong, or locked for `retry_after_s` more seconds (also after a wrong one that started a lock)."""

    kind: Literal["pin_refused"] = "pin_refused"
    reason: PinRefusal
    retry_after_s: int = Field(ge=0)


class CallAnswered(_Message):
    """What became of a call: the platform has it, a guide is coming, has been here; or nobody was told."""

    kind: Literal["call_answered"] = "call_answered"
    call_id: str
    state: Literal["told", "coming", "done", "not_told"]


FromSession = (
    Ready | Heartbeat | StepShown | HealthReport | Prepare | SealedChunk | Commit | OutcomeShown
    | PinAttempt | AskSharedData | PrintJob | PrinterFlushed | GuideOpened | NothingFound | Rating | CallGuide
    | CallOver | Leaving
)  # fmt: skip
FromTerminal = (
    Promote | ReachChanged | KeepingChanged | EnvelopeKeyChanged | RevokedChanged | Prepared | Committed
    | CommitRefused
    | Delivered | SharedDataTold | SharedDataMissing | PinAccepted | PinRefused | CallAnswered
)  # fmt: skip

_from_session: TypeAdapter[FromSession] = TypeAdapter(Annotated[FromSession, Field(discriminator="kind")])
_from_terminal: TypeAdapter[FromTerminal] = TypeAdapter(Annotated[FromTerminal, Field(discriminator="kind")])


_Union = TypeVar("_Union")


def encode(message: FromSession | FromTerminal) -> bytes:
    """One message as one packet; raises `BadMessage` above `PACKET_LIMIT`."""
    packet = message.model_dump_json().encode()
    if len(packet) > PACKET_LIMIT:
        raise BadMessage(f"{message.kind}: {len(packet)} bytes, limit {PACKET_LIMIT}")
    return packet


def decode_from_session(packet: bytes) -> FromSession:
    """Read what a session sent; raises `BadMessage`."""
    return _decode(_from_session, packet)


def decode_from_terminal(packet: bytes) -> FromTerminal:
    """Read what the terminal sent; raises `BadMessage`."""
    return _decode(_from_terminal, packet)


def _decode(adapter: TypeAdapter[_Union], packet: bytes) -> _Union:
    try:
        return adapter.validate_json(packet)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadMessage(f"{where or 'packet'}: {first['type']}") from None
