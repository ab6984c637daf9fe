"""From what was measured at queues to figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.figures import Aim, Chapter, Figure, Peer, Samples
from benchmarks.queue_drain import Emptied
from benchmarks.queue_losses import LIFE_S, SEED, SENDING_S, Cuts, Kills
from benchmarks.queue_puts import BLOCK

_SLOWEST = 0.99
_DOUBT = 0.05

_KEPT_REASON = (
    "Beside the bytes and the sync, a commit checks the envelope's hash and its header against the "
    "contract's schema, signs the envelope and a statement for the slip (Ed25519), and writes four tables "
    "with their indexes in one transaction."
)
_DRAINED_REASON = (
    "The bare loop forgets everything: the rest is what makes it safe to forget. Each receipt is checked "
    "(schema, id, hash, signature), committed, and the envelope is wiped from the file and from its log, "
    "which takes several more syncs of the disk."
)


def enqueue(
    taken: Mapping[str, Sequence[float]], ours: str, bare: str, envelope_bytes: int, peers: str
) -> Chapter:
    """How long each way took to keep an envelope."""
    limit = Peer(bare, Samples.of(taken[bare], "ms"))
    aim = Aim(3, as_ratio=True)
    return Chapter(
        "Keeping an envelope",
        f"The same sealed envelopes ({envelope_bytes / 1000:.1f} KB each, the main matter's record without "
        f"its page) are kept one by one in each way, in one process, on one disk, in turns of {BLOCK} in an "
        "order of chance; before each turn the disk brings everybody's writes home. One is kept when the "
        "call returns. The rate is of all of them, the slow ones too. What is fast here for want of a sync "
        f"is lost below. {peers}",
        [
            *(
                Figure(
                    f"kept: {name}",
                    Samples.of(spans, "ms"),
                    peer=None if name == bare else limit,
                    aim=aim if name == ours else None,
                    reason=_KEPT_REASON if name == ours else "",
                )
                for name, spans in taken.items()
            ),
            *(
                Figure(f"99 of 100 within: {name}", Samples.of([_slowest(spans)], "ms"))
                for name, spans in taken.items()
            ),
            *(
                Figure(f"rate: {name}", Samples.of([1000 * len(spans) / sum(spans)], "a second"))
                for name, spans in taken.items()
            ),
        ],
    )


def losses(cuts: Mapping[str, Cuts], kills: Mapping[str, Kills], ours: str, killed: int) -> Chapter:
    """What each way lost."""
    none = Aim(0, as_ratio=False)
    figures = []
    for name, each in cuts.items():
        aim = none if name == ours else None
        what = f"power cut, something is lost: {name}"
        figures.append(_share(what, each.lost, each.disks, "disks", aim))
        if each.not_opened or aim is not None:
            what = f"power cut, does not open: {name}"
            figures.append(_share(what, each.not_opened, each.disks, "disks", aim))
    for name, told in kills.items():
        aim = none if name == ours else None
        figures.append(_share(f"SIGKILL, lost: {name}", told.lost, len(told.kept), "envelopes", aim))
    disks, kept = cuts[ours].disks, len(kills[ours].kept)
    return Chapter(
        "What is lost",
        "Power cut: each way keeps eight envelopes beneath strace, and every disk that a power cut may leave "
        "is made from its system calls: what was not synced is there, or not, in any order, or torn at 512 "
        "bytes (docs/faults.md, “How”). From such a disk an envelope is lost if the call that kept it had "
        "returned and it is not found there. A disk that the way refuses or fails to open counts by itself. "
        f"SIGKILL: a process keeps an envelope, takes the first, is {1000 * SENDING_S:g} ms on the way with "
        f"it, says that it has arrived, and tells the queue so; {killed} times it is killed within "
        f"{1000 * LIFE_S:g} ms of its first and begun anew. Lost is what was kept, never arrived, and is not "
        f"there in the end: what a queue gives out and forgets. Seed {SEED}, alike for all. None lost of "
        f"{disks} disks is at most {_at_most(disks):.1f} %, none of {kept} envelopes at most "
        f"{_at_most(kept):.1f} %, with 95 % confidence.",
        figures,
    )


def _share(what: str, lost: int, of: int, things: str, aim: Aim | None) -> Figure:
    return Figure(what, Samples.of([100 * lost / of], f"% of {of} {things}"), aim=aim)


def _at_most(cases: int) -> float:
    """Percent: the rate that would show nothing in so many cases one time in twenty (Clopper–Pearson)."""
    return float(100 * (1 - _DOUBT ** (1 / cases)))


def drained(ours: Emptied, bare: Emptied, thin: Emptied, thin_bare: Emptied) -> Chapter:
    """How fast a full queue empties; each bare loop is of the same platform as what is before it."""
    return Chapter(
        f"{ours.count} envelopes when the platform is back",
        "They are kept while nobody answers; then the product's own sync, client and outbox send them, "
        "settings as shipped, mTLS on loopback, to the reference platform in a process of its own on the "
        "same machine and disk. Times are of one envelope, as a mean of a hundred in a row. The bare loop "
        "is httpx over one connection: the same requests, signed beforehand, one after the other, half "
        "before and half after, and no queue. The thin platform (`benchmarks/thin_platform.py`) checks and "
        "keeps nothing and only signs receipts: what is left beside it is the terminal's own. Each way has "
        "one request under way.",
        [
            *_emptied(ours, bare, "reference platform", Aim(2, as_ratio=True)),
            *_emptied(thin, thin_bare, "thin platform", None),
            Figure(
                "the queue's files, empty again",
                Samples.of([ours.empty_mb], "MB"),
                peer=Peer("full", Samples.of([ours.full_mb], "MB")),
            ),
        ],
    )


def _emptied(ours: Emptied, bare: Emptied, platform: str, aim: Aim | None) -> list[Figure]:
    def cpu(emptied: Emptied, total_s: float) -> Samples:
        return Samples.of([emptied.each_ms(total_s)], "ms")

    return [
        Figure(
            f"an envelope, to its receipt on the disk, {platform}",
            Samples.of(ours.ms, "ms"),
            peer=Peer("bare loop", Samples.of(bare.ms, "ms")),
            aim=aim,
            parts=(
                ("waiting for the platform", ours.each_ms(ours.asking_s)),
                ("waiting for the outbox", ours.each_ms(ours.outbox_s)),
            ),
            reason=_DRAINED_REASON,
        ),
        Figure(
            f"rate, {platform}",
            Samples.of([_rate(ours.ms)], "a second"),
            peer=Peer("bare loop", Samples.of([_rate(bare.ms)], "a second")),
        ),
        Figure(f"of it, waiting for the platform, {platform}", cpu(ours, ours.asking_s)),
        Figure(f"of it, waiting for the outbox, {platform}", cpu(ours, ours.outbox_s)),
        Figure(
            f"processor time of the sender, {platform}",
            cpu(ours, ours.terminal_cpu_s),
            peer=Peer("bare loop", cpu(bare, bare.terminal_cpu_s)),
        ),
        Figure(
            f"processor time of the platform, {platform}",
            cpu(ours, ours.platform_cpu_s),
            peer=Peer("bare loop", cpu(bare, bare.platform_cpu_s)),
        ),
    ]


def _slowest(spans: Sequence[float]) -> float:
    return Samples.of(spans, "ms").quantile(_SLOWEST)


def _rate(ms: Sequence[float]) -> float:
    return 1000 * len(ms) / sum(ms)
