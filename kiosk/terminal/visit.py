"""One visit at the terminal: what its session has done so far, and what it may still do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.messages import MOST_GUIDES, BadMessage, FromTerminal, PrintJob
from kiosk.terminal.asking import Questions
from kiosk.terminal.calling import VisitCalls
from kiosk.terminal.collecting import Collecting
from offline_queue.following import SlipEnd, VisitEnd

_MOST_TOLD = 200
"""Guides opened and words that found nothing, in one visit."""


@dataclass(eq=False)
class Visit:
    """One visible session at the desk."""

    session: str
    send: Callable[[FromTerminal], None]
    collecting: Collecting | None = None
    kept: set[str] = field(default_factory=set)
    paper_jobs: list[str] = field(default_factory=list)
    """The first slip, and its one reprint."""
    guide_jobs: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    """What it said of guides and words: each counts once a visit, and a visit has an end."""
    questions: Questions = field(init=False)
    calls: VisitCalls = field(init=False)
    began_s: float | None = None
    """When the person went on from the welcome page."""
    ended: VisitEnd = "broke_off"
    slip: SlipEnd = "none"
    shown_at: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin without questions and calls."""
        self.questions = Questions(self.session, self.send)
        self.calls = VisitCalls(self.session, self.send)

    def first_time(self, what: str) -> bool:
        """Whether this is to be counted: once a visit, and no more than a person looks at."""
        if what in self.told or len(self.told) >= _MOST_TOLD:
            return False
        self.told.add(what)
        return True

    def arriving(self, application_id: str) -> Collecting:
        """What has been prepared and is on its way in. Raises `BadMessage`."""
        if self.collecting is None or self.collecting.application_id != application_id:
            raise BadMessage("application_id: not the prepared one")
        return self.collecting

    def check_kept(self, application_id: str) -> None:
        """Only of what was kept for it may a session speak. Raises `BadMessage`."""
        if application_id not in self.kept:
            raise BadMessage("application_id: not kept for this session")

    def check_paper(self, job: PrintJob) -> None:
        """One slip a session and one reprint of it, and a few guides. Raises `BadMessage`."""
        if job.job_id in self.paper_jobs or job.job_id in self.guide_jobs:
            return
        if job.paper == "guide":
            if len(self.guide_jobs) >= MOST_GUIDES:
                raise BadMessage("print_job: more guides than a visit may print")
            self.guide_jobs.add(job.job_id)
            return
        if self.paper_jobs and job.reprint_of != self.paper_jobs[0]:
            raise BadMessage("print_job.reprint_of: not this session's slip")
        if len(self.paper_jobs) > 1 or (job.reprint_of is not None and not self.paper_jobs):
            raise BadMessage("print_job: one slip and one reprint of it, no more")
        self.paper_jobs.append(job.job_id)
