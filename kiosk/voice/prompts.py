"""What can be said aloud: fixed sentences from `config/voice/prompts.yaml`, and the matters' own questions.

No sentence has a place for anything: what is said is the same for everybody, so nothing personal can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from config.data_files import read_model
from config.item import Item, Text

SHIPPED = Path(__file__).parents[2] / "config" / "voice"

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

PromptId = Literal[
    "welcome", "welcome.no_reader", "find", "shelves", "shelf", "guide_page", "guide_page.take",
    "guide_page.not_printed", "guide_page.unknown", "matter", "matter.not_now", "card", "card.documents",
    "card.pulled_away", "card.not_read", "card.reader_failed", "see_screen", "see_window", "guardian",
    "consent", "face", "face.module", "face.left", "face.right", "face.ahead", "fingerprint", "other_way",
    "guide", "verified", "look_up", "enquire", "enquired", "question", "answer.check", "answer.other_code",
    "answer.payment_code", "answer.unreadable_code", "answer.scanner_failed", "paper.camera_failed",
    "paper.full", "paper.look", "paper.again", "party", "party_card", "review", "sign", "sign.empty",
    "sign.paper", "sending", "not_kept", "outcome.received", "outcome.kept", "outcome.reprint", "slip.take",
    "slip.unknown", "slip.note_number", "slip.ask_window", "rating", "thanks", "ended", "link_lost",
    "link_lost.not_kept", "link_lost.unsure", "idle_warning", "visit_ends", "help.offer", "help.told",
    "help.coming", "help.not_told",
]  # fmt: skip
"""Names that do not change when the words do: a recording keeps its name."""

QUESTION = "ask"
"""Names of questions begin so; what follows is made of the words, as a question is known by nothing else."""
_OF_THE_HASH = 10


@dataclass(frozen=True)
class Line:
    """One sentence in one language: what a speaker records."""

    language: Language
    name: str
    text: str

    @property
    def file(self) -> str:
        """Where its sound is in a pack."""
        return f"{self.language}/{self.name}.wav"


@dataclass(frozen=True)
class Prompt:
    """What is said on a screen, in either language; a pack without it may have something more general."""

    text: Text
    name: PromptId | None = None
    """None for a question, whose name follows its words."""
    instead: PromptId | None = None

    def line(self, language: Language) -> Line:
        """The sentence in `language`."""
        words = self.text(language)
        if self.name is not None:
            return Line(language, self.name, words)
        return Line(language, f"{QUESTION}.{sha256(words.encode()).hexdigest()[:_OF_THE_HASH]}", words)


class _Prompts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    prompts: Mapping[PromptId, Text]


class _Sounds(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    sounds: Mapping[str, Annotated[str, Field(pattern=r"^[a-z]+[1-5]( [a-z]+[1-5])*$")]]


@cache
def fixed() -> Mapping[PromptId, Prompt]:
    """Every sentence that is no question. Raises `BadFile`."""
    file = read_model(SHIPPED / "prompts.yaml", _Prompts)
    texts = file.value.prompts
    for name in get_args(PromptId):
        if name not in texts:
            raise file.mistake(("prompts",), f'"{name}" is missing')
    return {name: Prompt(text, name) for name, text in texts.items()}


def prompt(name: PromptId) -> Prompt:
    """The sentence of that name."""
    return fixed()[name]


def asked(text: Text) -> Prompt:
    """The question of a matter, as its file asks it."""
    return Prompt(text, instead="question")


def lines(items: Iterable[Item]) -> tuple[Line, ...]:
    """Everything that a pack for these matters holds: fixed sentences first, each sentence once."""
    questions = [asked(question.ask) for item in items for question in item.questions]
    return tuple(
        dict.fromkeys(
            each.line(language) for language in LANGUAGES for each in (*fixed().values(), *questions)
        )
    )


@cache
def sounds() -> Mapping[str, tuple[str, ...]]:
    """Words whose readings are told by hand, with their syllables. Raises `BadFile`."""
    file = read_model(SHIPPED / "sounds.yaml", _Sounds)
    for word, syllables in file.value.sounds.items():
        if len(word) != len(syllables.split()):
            raise file.mistake(("sounds", word), f"has {len(word)} characters, and not as many syllables")
    return {word: tuple(syllables.split()) for word, syllables in file.value.sounds.items()}
