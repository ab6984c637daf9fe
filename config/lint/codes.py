"""What the linter can find: each by a stable code, with how grave it is, what it means and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning", "note"]
"""`error`: the matter must not be offered like this. `warning`: a citizen would be worse off. `note`: a fact
that a reviewer has to know."""


@dataclass(frozen=True)
class Code:
    """One kind of finding."""

    severity: Severity
    meaning: str
    remedy: str


def _error(meaning: str, remedy: str) -> Code:
    return Code("error", meaning, remedy)


def _warning(meaning: str, remedy: str) -> Code:
    return Code("warning", meaning, remedy)


def _note(meaning: str, remedy: str) -> Code:
    return Code("note", meaning, remedy)


CODES: Final[dict[str, Code]] = {
    # ---- reading
    "not-read": _error(
        "The file cannot be read: no YAML, an unknown key, a wrong type.", "Do what the reason says."
    ),
    "refused": _error(
        "The terminal would refuse the file: something refers to nothing, or comes too late.",
        "Do what the reason says.",
    ),
    "id-twice": _error("Two files have the same id.", "Give one of them another id."),
    # ---- paths
    "never-asked": _error(
        "No path leads to this question.", "Change or remove its condition, or remove the question."
    ),
    "never-relevant": _error(
        "No path leads to this material, lookup, party, agreement, member or reason.",
        "Change or remove its condition, or remove it.",
    ),
    "always-holds": _warning(
        "A condition that holds on every path.", "Remove it; without one a thing is always relevant."
    ),
    "part-never-holds": _warning(
        "A value or part of a condition that no path reaches.", "Remove the part, or mend what it refers to."
    ),
    "lookup-starved": _error(
        "On some path this lookup is relevant, and what it needs is never asked: it cannot run.",
        "Make it relevant only where its needs are asked.",
    ),
    "unknown-decides": _warning(
        "A fact decides, and where nobody can tell it nothing is asked in its place.",
        "Let a choice decide that is prefilled by the fact, or say `missing: window`.",
    ),
    "decides-nothing": _warning(
        "A situation on which nothing depends.", "Put it under `fields`, or remove it."
    ),
    "no-member": _note(
        "On some path every member of the joint matter is left out: nothing is sent there.",
        "See that each reason says where to go.",
    ),
    "left-out-unsaid": _error(
        "On some path a member is left out and no reason is said; a lookup may tell only a part.",
        "Add a last `left_out` for the rest: `none_of:` with the member's own condition in it.",
    ),
    "sampled": _note(
        "There are too many paths to look at each: a sample was taken.", "Nothing to do; read with care."
    ),
    # ---- materials
    "not-taken": _error(
        "On some path a paper to be scanned is needed, and no question takes it.",
        "Give the capture question the same condition as the material.",
    ),
    "taken-for-nothing": _error(
        "On some path a paper is taken, and no material needs it.",
        "Give the material the same condition as its capture question.",
    ),
    "licence-not-granted": _error(
        "A licence is fetched whatever the answer to its authorisation.",
        "Make the material relevant only to the answer that grants it.",
    ),
    "declined-brings-nothing": _warning(
        "Whoever declines the use of a licence brings nothing in its place.",
        "Send that answer to the window, or add a material to be scanned.",
    ),
    "data-not-there": _error(
        "On some path a paper comes by data sharing, and its lookup does not run.",
        "Give the lookup at least the material's condition.",
    ),
    "data-may-be-missing": _warning(
        "A paper comes by data sharing, and where nobody can tell there is no other way.",
        "Say `missing: window` in the lookup, or add a paper to be scanned.",
    ),
    "no-identity": _warning(
        "A document is taken, and no material with `obtained: chip` stands for it.",
        "Add the document as a material.",
    ),
    "no-form": _warning(
        "On some path nothing is signed: no material is generated.",
        "Add the form, with `obtained: generated`.",
    ),
    # ---- words
    "not-chinese": _error("The Chinese text has no Chinese in it.", "Translate it."),
    "not-english": _error("The English text has no English in it.", "Translate it."),
    "chinese-in-english": _warning(
        "The English text has Chinese in it, and no translation in brackets after it.",
        "Translate it, or write: 无 (none).",
    ),
    "placeholder": _error("A text that was to be filled in.", "Write it."),
    "too-long": _warning("A text that does not fit its place on the screen.", "Say it in fewer words."),
    "punctuation": _warning(
        "Punctuation of the other language, or space at an end.",
        "Use ，。？！：；（） in Chinese and , . ? ! : ; ( ) in English.",
    ),
    "full-stop": _warning(
        "A sentence without its full stop, or a name with one.",
        "Sentences end with 。 and with a full stop; names with nothing.",
    ),
    "small-letter": _warning(
        "An English text that begins with a small letter.", "Begin with a capital letter."
    ),
    "over-promised": _warning(
        "A text that promises what only the authority can promise.",
        "Say what happens next and who decides.",
    ),
    # ---- use and effort
    "told-for-nothing": _warning(
        "A fact that is not shown, decides nothing and fills nothing: it is not needed, so do not fetch it.",
        "Use it, show it or remove it.",
    ),
    "typed-too-much": _warning(
        "More than two fields are typed on the usual path.",
        "Prefill from a lookup, ask for a choice, scan a code, or drop the field.",
    ),
    "asks-the-card": _error(
        "Asks what the identity document says already.", "Remove it, or add `prefill: {card: …}`."
    ),
    "asked-twice": _warning(
        "Two questions of one path have the same name.", "Ask once, and use `prefill: {answer: …}`."
    ),
    "could-be-chosen": _warning(
        "A text to be typed that has a few usual answers.", "Make it a choice; keep “other” for the rest."
    ),
    "could-be-filled": _warning(
        "A text to be typed that somebody knows already.", "Add a prefill; the person can still change it."
    ),
    "source-fills-nothing": _warning(
        "The source is not the person, and nothing fills the field from it.",
        "Add a prefill, or say `source: asked`.",
    ),
    # ---- the hall
    "unknown-shelf": _error("A life event or theme that the district does not have.", "Use one of its list."),
    "unknown-phone": _warning(
        "A telephone number that is no number of the district.", "Check it against the district's list."
    ),
    "unknown-department": _warning(
        "A department that the district does not have.", "Write it as the district does."
    ),
    # ---- promises
    "confidential-unequal": _error(
        "Confidential in one place and not in another, or delivered in another way than its counterpart.",
        "Make all results of the matter equal for whoever looks on.",
    ),
    "confidential-timed": _error(
        "A confidential result at once, where the other takes longer: the waiting tells.",
        "Promise both in the same time.",
    ),
    "must-be-online": _error(
        "May be kept offline, and cannot be done without the platform.", "Say `offline: {policy: forbidden}`."
    ),
    "kept-long": _warning(
        "May wait on the terminal longer than the authority's own promise.", "Shorten `max_age_days`."
    ),
    "time-contradicts": _warning("`case_type` and `time` say different things.", "Mend one of them."),
    "flow-contradicts": _error("`depth` and `flow` say different things.", "Mend one of them."),
    "not-on-this-terminal": _note(
        "A step that no terminal of this version can do: the matter is shown, and not offered.",
        "Nothing to do.",
    ),
    "member-alone": _warning(
        "Only to be had in a joint matter, and no joint matter here has it.",
        "Add the joint matter, or remove `only_in_joint`.",
    ),
    "nothing-said": _note("Something that the guide would say is not known.", "Fill it in when it is known."),
    "not-verified": _note("A fact that nobody has checked.", "Check it, and say `verified: true`."),
}
