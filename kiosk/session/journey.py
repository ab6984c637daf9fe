"""What a session holds of one person and one matter; `kiosk.session.known` says what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from config.item import Item
from devices.contracts.id_cards import DocumentType, IdCard
from devices.contracts.pages import Page
from kiosk.session.verification import Consent, Verified, Way

LookupReason = Literal["nobody_knows", "unreachable", "refused"]
"""Why a lookup told nothing: nobody has such a fact; no answer in time; the platform does not tell it."""


@dataclass(frozen=True, repr=False)
class Told:
    """What a lookup told, and the answers that it was asked with."""

    sent: Mapping[str, str]
    facts: Mapping[str, str]
    """By the fact's id. What nobody could tell is not there."""
    told_at: datetime
    proof: str | None = None
    """The platform's signature over its answer, as it came."""


@dataclass(frozen=True, repr=False)
class Missing:
    """A lookup that told nothing, and the answers that it was asked with."""

    sent: Mapping[str, str]
    reason: LookupReason


@dataclass(frozen=True, repr=False)
class Person:
    """All that is kept of the card of somebody who signs beside the applicant."""

    name: str
    id_number: str
    id_type: DocumentType


@dataclass(frozen=True, repr=False)
class Present:
    """They were here, with their own card, and verified like the applicant."""

    person: Person
    verified: Verified
    consents: tuple[Consent, ...]


@dataclass(frozen=True)
class Awaited:
    """They are not here: the application is sent with their signature awaited, and says so."""


@dataclass(frozen=True, repr=False)
class Visitor:
    """Somebody beside the applicant who is being verified. Their card is dropped as soon as they are."""

    party_id: str
    card: IdCard
    photo_png: bytes | None
    consents: tuple[Consent, ...]
    failures: Mapping[Way, int]
    verified: Verified | None
    """These four are the applicant's own, set aside meanwhile."""


Stroke = tuple[tuple[float, float], ...]
"""Points of one stroke, 0…1 of the signing area's width and height."""


@dataclass(frozen=True, repr=False)
class Signature:
    """What one person drew, and when."""

    party_id: str | None
    """None for the applicant, or the guardian in their place."""
    strokes: tuple[Stroke, ...]
    at: datetime


@dataclass(frozen=True, repr=False)
class Journey:
    """Everything known of one person and one matter. Its repr says nothing."""

    item: Item
    card: IdCard
    photo_png: bytes | None = None
    consents: tuple[Consent, ...] = ()
    failures: Mapping[Way, int] = field(default_factory=dict)
    """How often each way of verification has failed: going back does not forget it."""
    verified: Verified | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    scanned: frozenset[str] = frozenset()
    """The answers that the scanner gave."""
    under_14: bool = False
    """The applicant is a child: somebody else is verified, agrees and signs."""
    guardian: IdCard | None = None
    pages: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    """The papers laid under the document camera, by question."""
    looked_up: Mapping[str, Told | Missing] = field(default_factory=dict)
    """What became of each lookup, by its id. It counts while the answers it was asked with do."""

    parties: Mapping[str, Present | Awaited] = field(default_factory=dict)
    """What is known of the others who sign, by the party's id."""
    visitor: Visitor | None = None
    visitor_failures: Mapping[str, Mapping[Way, int]] = field(default_factory=dict)
    """How often the others have failed, by the party's id."""
    signatures: tuple[Signature, ...] = ()
    """While the last of several signs."""

    @property
    def holder(self) -> IdCard:
        """The card of whoever stands here and is verified: the applicant's, a guardian's, another party's."""
        if self.visitor is not None:
            return self.visitor.card
        return self.guardian or self.card
