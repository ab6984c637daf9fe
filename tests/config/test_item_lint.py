"""The linter finds what it says it finds: one change to a sound matter, and the finding for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands.item import app
from config.items import SHIPPED
from config.lint.check import lint_files
from config.lint.codes import CODES
from config.lint.hall import Hall
from config.lint.page import page
from config.lint.report import Finding
from tests.config.rich_item import RICH, changed, write

ROOT = Path(__file__).resolve().parents[2]
HALL = Hall(frozenset({"0571-00000009"}), frozenset({"城管局"}), frozenset({"home"}), frozenset({"identity"}))

YES = "{field: vaccinated, values: ['yes']}"
OWNED = "{field: home, values: [owned]}"
GRANTED = "{field: permit, values: [granted]}"
NEVER = f"{{all_of: [{OWNED}, {GRANTED}]}}"
SHARED = "{field: owner_with, values: ['yes']}"
SELF = "{field: for_whom, values: [self]}"
WINDOW = "window: {why: {zh: 请到窗口。, en: Please go to the counter.}}"
OTHER = "    label: {zh: 共同饲养人, en: The other keeper}\n    ask"
NOT_YES = "{none_of: [{field: vaccinated, values: ['yes']}]}"

# What the rich matter itself is found wanting in, mended here, so that each change below adds one finding.
SOUND = (
    (
        "      - {value: not_granted, label: {zh: 不可以, en: No}}",
        (
            "      - {value: not_granted, label: {zh: 不可以, en: No}, "
            "window: {why: {zh: 请到窗口。, en: Please go to the counter.}}}"
        ),
    ),
    ("    pattern: '[0-9]{15}'\n", "    pattern: '[0-9]{15}'\n    prefill: {fact: chip_found}\n"),
    (
        "lookups:\n",
        (
            "lookups:\n  - id: dogs\n    data: city.dogs\n    name: {zh: 查狗, en: Your dogs}\n"
            "    holder: {zh: 城管局, en: City}\n    basis: {source: 示例, verified: false}\n    facts:\n"
            "      - {id: chip_found, label: {zh: 芯片, en: Chip}, kind: text, shown: false}\n"
        ),
    ),
)

CHANGES: Sequence[tuple[str, str, str]] = [
    # reading
    ("not-read", "depth: application", "depth: aplication"),
    ("refused", "prefill: {fact: dog_name_found}", "prefill: {fact: dog_nam_found}"),
    # paths
    ("never-asked", f"kind: citizen_id\n    relevant: {SHARED}", f"kind: citizen_id\n    relevant: {NEVER}"),
    ("never-relevant", f"    relevant: {SHARED}\n    name_field", f"    relevant: {NEVER}\n    name_field"),
    ("always-holds", f"kind: citizen_id\n    relevant: {SHARED}", f"kind: citizen_id\n    relevant: {SELF}"),
    (
        "part-never-holds",
        f"kind: citizen_id\n    relevant: {SHARED}",
        f"kind: citizen_id\n    relevant: {{any_of: [{SHARED}, {NEVER}]}}",
    ),
    (
        "lookup-starved",
        "  - id: chip_code\n    kind: code\n",
        "  - id: chip_code\n    kind: code\n    relevant: {field: home, values: [owned]}\n",
    ),
    (
        "unknown-decides",
        f"relevant: {NOT_YES}\n    name",
        "relevant: {field: vaccinated, values: ['no']}\n    name",
    ),
    (
        "decides-nothing",
        "    relevant: {field: home, values: [rented]}",
        "    relevant: {none_of: [{field: for_whom, values: [self]}, {field: document, values: [resident]}]}",
    ),
    # materials
    ("not-taken", f"    relevant: {NOT_YES}\n    name", "    name"),
    ("taken-for-nothing", f"    relevant: {NOT_YES}\n    name", f"    relevant: {OWNED}\n    name"),
    (
        "licence-not-granted",
        "    relevant: {field: permit, values: [granted]}",
        "    relevant: {field: permit, values: [granted, perhaps]}",
    ),
    (
        "declined-brings-nothing",
        ", window: {why: {zh: 请到窗口。, en: Please go to the counter.}}}\nlookups",
        "}\nlookups",
    ),
    ("data-not-there", "    lookup: vaccination\n    trust: A\n", "    lookup: more\n    trust: A\n"),
    ("data-may-be-missing", "    lookup: vaccination\n    trust: A\n", "    lookup: more\n    trust: A\n"),
    ("no-identity", "  - {id: identity, obtained: chip, trust: A, name: {zh: 身份证, en: Card}}\n", ""),
    ("no-form", "  - {id: form, obtained: generated, trust: D, name: {zh: 登记表, en: Form}}\n", ""),
    # words
    ("not-chinese", "{zh: 养狗要登记。, en", "{zh: Dogs。, en"),
    ("not-english", "en: Dogs are registered.}", "en: '1234.'}"),
    ("chinese-in-english", "en: Dogs are registered.}", "en: Dogs are 登记 now.}"),
    ("placeholder", "{zh: 养狗要登记。, en", "{zh: 待填。, en"),
    ("too-long", "{zh: 给狗上户口, en", "{zh: 给您家里养的每一条狗都上一个户口, en"),
    ("punctuation", "{zh: 养狗要登记。, en", "{zh: '养狗,要登记。', en"),
    ("full-stop", "{zh: 养狗要登记。, en", "{zh: 养狗要登记, en"),
    ("full-stop", "{zh: 给狗上户口, en", "{zh: 给狗上户口。, en"),
    ("small-letter", "en: Register a dog}", "en: register a dog}"),
    ("over-promised", "{zh: 养狗要登记。, en", "{zh: 立即登记。, en"),
    # use and effort
    (
        "told-for-nothing",
        "kind: text, shown: false}",
        "kind: text, shown: false}\n      - {id: idle, label: {zh: 无, en: Idle}, kind: text, shown: false}",
    ),
    ("typed-too-much", "    prefill: {fact: born_found}\n", ""),
    ("asks-the-card", "    label: {zh: 对方号码, en", "    label: {zh: 公民身份号码, en"),
    ("asked-twice", OTHER, OTHER.replace("共同饲养人", "名字")),
    ("could-be-chosen", OTHER, OTHER.replace("共同饲养人", "饲养原因")),
    ("could-be-filled", OTHER, OTHER.replace("共同饲养人", "收件人")),
    ("source-fills-nothing", "    prefill: {fact: born_found}\n", "    source: shared_data\n"),
    # the hall
    ("unknown-shelf", "assurance_level:", "themes: [identities]\nassurance_level:"),
    ("unknown-phone", "phone: 0571-00000009", "phone: 0571-00000008"),
    ("unknown-department", "department: {zh: 城管局", "department: {zh: 城建局"),
    # promises
    ("confidential-unequal", "confidential_result: false", "confidential_result: true"),
    (
        "confidential-unequal",
        "delivered: [electronic]}",
        (
            "delivered: [electronic]}\n"
            "  - {id: no, name: {zh: 不予登记, en: Refusal}, delivered: [post], confidential: true}"
        ),
    ),
    ("confidential-timed", "case_type: promised\n", "case_type: instant\n"),
    ("must-be-online", "  policy: forbidden\n  reason:", "  policy: keep_with_notice\n  max_age_days: 3\n#"),
    ("kept-long", "  policy: forbidden\n  reason:", "  policy: keep_with_notice\n  max_age_days: 30\n#"),
    ("time-contradicts", "case_type: promised", "case_type: instant"),
    ("flow-contradicts", "depth: application", "depth: enquiry_print"),
    (
        "not-on-this-terminal",
        "declaration:",
        (
            "flow: [{kind: situations}, {kind: form}, {kind: materials}, {kind: parties}, {kind: pay}, "
            "{kind: confirm}, {kind: sign}, {kind: deliver}]\ndeclaration:"
        ),
    ),
    ("member-alone", "declaration:", "only_in_joint: true\ndeclaration:"),
]  # fmt: skip

MORE = (
    "lookups:\n  - id: more\n    data: city.more\n    name: {zh: 查狗, en: Your dogs}\n"
    "    holder: {zh: 城管局, en: City}\n    basis: {source: 示例, verified: false}\n    facts:\n"
    "      - {id: colour, label: {zh: 毛色, en: Colour}, kind: text}\n"
)

ALSO: dict[str, tuple[tuple[str, str], ...]] = {
    # a second change without which the first would be another mistake
    "licence-not-granted": (
        ("window: {why: {zh: 请到窗口。, en: Please go to the counter.}}}\nlookups", "}\nlookups"),
        ("- {value: not_granted", "- {value: perhaps"),
    ),
    "unknown-decides": (
        (f"relevant: {NOT_YES}\n    label", "relevant: {field: vaccinated, values: ['no']}\n    label"),
    ),
    "data-not-there": (
        ("lookups:\n", MORE.replace("    facts:", f"    relevant: {OWNED}\n    facts:")),
    ),
    "data-may-be-missing": (("lookups:\n", MORE),),
    "confidential-timed": (("confidential_result: false", "confidential_result: true"),),
    "must-be-online": (
        ("    needs: [chip_code]\n", f"    needs: [chip_code]\n    missing: window\n    {WINDOW}\n"),
    ),
}  # fmt: skip
# Only the joint matters below can show these.
JOINT = {"no-member", "left-out-unsaid", "id-twice", "sampled", "nothing-said", "not-verified"}


def codes(found: Iterable[Finding]) -> set[str]:
    return {finding.code for finding in found}


def sound(directory: Path, *changes: tuple[str, str], name: str = "dog_licence.yaml") -> Path:
    return write(directory, *SOUND, *changes, name=name)


def test_a_sound_matter_has_nothing_but_notes(tmp_path: Path) -> None:
    found, items = lint_files([sound(tmp_path)], HALL)
    assert [str(finding) for finding in found if finding.severity != "note"] == []
    assert [item.id for item in items] == ["dog_licence"]


@pytest.mark.parametrize(
    ("code", "old", "new"), CHANGES, ids=[f"{code} {new[:40]}" for code, _old, new in CHANGES]
)
def test_one_change_gives_its_finding_in_the_right_line(
    tmp_path: Path, code: str, old: str, new: str
) -> None:
    before, _items = lint_files([sound(tmp_path)], HALL)
    path = sound(tmp_path, *ALSO.get(code, ()), (old, new))
    found, _items = lint_files([path], HALL)
    assert code in codes(found)
    assert code not in codes(before)
    first = next(finding for finding in found if finding.code == code)
    assert first.severity == CODES[code].severity
    assert first.line is None or 0 < first.line <= len(path.read_text("utf-8").split("\n"))


def test_every_code_is_shown_by_a_change_or_by_a_joint_matter() -> None:
    assert {code for code, _old, _new in CHANGES} | JOINT == set(CODES)


def test_the_line_is_the_one_that_has_to_be_changed(tmp_path: Path) -> None:
    path = sound(tmp_path, ("{zh: 养狗要登记。, en", "{zh: 待填。, en"))
    found, _items = lint_files([path], HALL)
    (finding,) = (each for each in found if each.code == "placeholder")
    assert finding.key == "summary.zh"
    assert "待填" in path.read_text("utf-8").split("\n")[(finding.line or 0) - 1]
    assert str(finding) == (
        f'{path}:{finding.line}: error: summary.zh: "待填" was to be filled in [placeholder] Write it.'
    )


def test_two_files_with_one_id_are_told(tmp_path: Path) -> None:
    found, _items = lint_files([sound(tmp_path), sound(tmp_path, name="second.yaml")], HALL)
    assert "id-twice" in codes(found)


# ---- joint matters ----------------------------------------------------------------------------------------


def joint(directory: Path, members: str) -> Path:
    """A joint matter of the dog's licence and its twin."""
    twin = (
        ("id: dog_licence", "id: dog_tag"),
        ("confidential_result", "only_in_joint: true\nconfidential_result"),
    )
    sound(directory)
    sound(directory, *twin, name="dog_tag.yaml")
    lines = changed(*SOUND).split("\n")
    top = "\n".join(lines[: lines.index("situations:")])
    top = top.replace("id: dog_licence", "id: dog")
    end = changed(*SOUND).partition("declaration:")[2]
    path = directory / "dog.yaml"
    path.write_text(f"{top}\nsituations:\n{HOME}members:\n{members}\ndeclaration:{end}", "utf-8")
    return path


HOME = RICH[RICH.index("  - id: home") : RICH.index("  - id: permit\n    kind: choice")]
"""The joint matter's own question: its answers decide which members are done."""


def lint_beside(path: Path) -> tuple[Finding, ...]:
    return lint_files(sorted(path.parent.glob("*.yaml")), HALL)[0]


BOTH = "  - {item: dog_licence}\n  - {item: dog_tag}"
WHY = "why: {zh: 不办。, en: No.}"
LEFT_OUT = """\
  - item: dog_licence
    relevant: {field: home, values: [owned]}
    left_out:
      - {relevant: {field: home, values: [rented]}, why: {zh: 租的不办。, en: Not for rented homes.}}
%s
  - item: dog_tag
    relevant: {field: home, values: [owned, rented]}
    left_out:
      - relevant: {none_of: [{field: home, values: [owned, rented]}]}
        why: {zh: 请到窗口。, en: Please go to the counter.}
"""
REST = """\
      - relevant: {none_of: [{field: home, values: [owned, rented]}]}
        why: {zh: 请到窗口。, en: Please go to the counter.}
"""


def test_a_sound_joint_matter_has_nothing_but_notes(tmp_path: Path) -> None:
    found = lint_beside(joint(tmp_path, BOTH))
    assert [str(finding) for finding in found if finding.severity != "note"] == []


def test_a_member_that_is_left_out_without_a_word_is_an_error(tmp_path: Path) -> None:
    found = lint_beside(joint(tmp_path, LEFT_OUT % ""))
    (finding,) = (each for each in found if each.code == "left-out-unsaid")
    assert '"dog_licence" is left out with home=family' in finding.reason
    assert "left-out-unsaid" not in codes(lint_beside(joint(tmp_path, LEFT_OUT % REST)))


def test_a_reason_that_is_never_the_reason_is_an_error(tmp_path: Path) -> None:
    """It holds where the member is done, and only there."""
    reason = f"      - {{relevant: {OWNED}, {WHY}}}\n"
    found = lint_beside(joint(tmp_path, LEFT_OUT % (reason + REST)))
    (finding,) = (each for each in found if each.code == "never-relevant")
    assert finding.key == "members[1].left_out[2].relevant"


def test_a_path_with_no_member_at_all_is_noted(tmp_path: Path) -> None:
    found = lint_beside(joint(tmp_path, LEFT_OUT % REST))
    (finding,) = (each for each in found if each.code == "no-member")
    assert "home=family" in finding.reason
    assert "no-member" not in codes(lint_beside(joint(tmp_path, BOTH)))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("- {item: dog_tag}", "- {item: dog_tags}", 'no matter beside this one; did you mean "dog_tag"?'),
        ("- {item: dog_tag}", "- {item: dog_licence}", '"dog_licence" is said twice'),
        ("\n  - {item: dog_tag}", "", "needs at least two"),
        ("- {item: dog_tag}", "- {item: dog}", '"dog" is joint itself'),
        ("dog_tag}", "dog_tag, relevant: {field: hom, values: [x]}}", '"hom" is no earlier question'),
        ("dog_tag}", f"dog_tag, left_out: [{{relevant: {OWNED}, {WHY}}}]}}", "would never be said"),
    ],
)  # fmt: skip
def test_a_joint_matter_that_cannot_be_put_together_is_refused(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    assert old in BOTH
    found = lint_beside(joint(tmp_path, BOTH.replace(old, new)))
    assert any(why in finding.reason for finding in found if finding.code == "refused")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "assurance_level: card_and_face",
            "assurance_level: card_and_fingerprint",
            "needs card_and_fingerprint",
        ),
        (
            "assurance_level: card_and_face",
            "assurance_level: card_and_face\nliveness: certified",
            "needs liveness",
        ),
        ("- {value: family,", "- {value: lent,", 'and of "dog" are one, and differ in values'),
        ("data: health.vaccination", "data: health.shots", "are one, and differ in data"),
        (
            "documents: [permit, foreign",
            "documents: [resident, foreign",
            'does not take the document "resident"',
        ),
        ("signs: here_or_later", "signs: later", "are one, and differ in signs"),
    ],
)
def test_members_that_contradict_each_other_are_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    path = joint(tmp_path, BOTH)
    tag = path.with_name("dog_tag.yaml")
    text = tag.read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    if "resident" in new:
        text = text.replace("card_fields:", "documents: [permit]\ncard_fields:", 1)
    tag.write_text(text, "utf-8")
    found = lint_beside(path)
    assert any(why in finding.reason for finding in found if finding.path == path), [*map(str, found)]


def test_a_finding_in_a_member_names_the_member_s_line_in_the_joint_file(tmp_path: Path) -> None:
    """The joint matter's own question has fewer answers than a member's condition asks for."""
    path = joint(tmp_path, BOTH)
    text = path.read_text("utf-8").replace("value: rented", "value: leased")
    path.write_text(text, "utf-8")
    found = [finding for finding in lint_beside(path) if finding.path == path and finding.code == "refused"]
    assert found
    assert all(finding.key.startswith("members[") for finding in found)


# ---- what ships -------------------------------------------------------------------------------------------


def test_the_shipped_matters_have_no_error_and_every_path_was_looked_at() -> None:
    found, items = lint_files(sorted(SHIPPED.glob("*.yaml")))
    assert [str(finding) for finding in found if finding.severity == "error"] == []
    assert "sampled" not in codes(found)
    assert items


MUTATIONS: Sequence[tuple[str, str, set[str]]] = [
    # what is taken out of a shipped file by its pattern, and the codes one of which has to tell
    ("a text", r"\n( +)en: [^\n]+", {"not-read"}),
    ("the Chinese", r"(?<=zh: )[^\n]+", {"not-chinese"}),
    ("the English", r"(?<= en: )[^\n]+", {"not-english"}),
    ("a condition's value", r"(?<=values: \[)[a-z_]+(?=\])", {"refused"}),
    ("a condition's field", r"(?<=field: )[a-z_]+", {"refused"}),
    ("an id that others refer to", r"(?<=\n  - id: )[a-z_]+(?=\n    kind: choice)", {"refused"}),
]
SWAPPED = {"the Chinese": "Abc", "the English": "'1'", "a text": ""}


@pytest.mark.parametrize(("what", "pattern", "expected"), MUTATIONS, ids=[what for what, *_ in MUTATIONS])
def test_a_shipped_matter_that_lost_something_is_never_found_sound(
    what: str, pattern: str, expected: set[str], tmp_path: Path
) -> None:
    """Every shipped file, the first, the middle and the last place of the pattern in it."""
    shipped = sorted(SHIPPED.glob("*.yaml"))
    tried = 0
    for path in shipped:
        text = path.read_text("utf-8")
        places = list(re.finditer(pattern, text))
        for place in {0, len(places) // 2, len(places) - 1} if places else ():
            hit = places[place]
            damaged = tmp_path / path.name
            damaged.write_text(
                text[: hit.start()] + SWAPPED.get(what, "nowhere") + text[hit.end() :], "utf-8"
            )
            found, _items = lint_files([damaged])
            if "members:" in text or (what.startswith("an id") and not refers(text, hit[0])):
                continue
            assert codes(found) & expected, f"{path.name}: {hit[0]!r} of {what}"
            tried += 1
    assert tried >= len(shipped)


def refers(text: str, name: str) -> bool:
    return re.search(rf"(field|answer|of): {name}\b", text) is not None


def test_a_linter_that_looks_only_at_the_first_answer_would_be_caught(tmp_path: Path) -> None:
    """The paper is missing on the third of three answers, and only there."""
    path = sound(
        tmp_path,
        (f"    relevant: {NOT_YES}\n    label", f"    relevant: {OWNED[:-2]}, rented]}}\n    label"),
        (f"    relevant: {NOT_YES}\n    name", f"    relevant: {OWNED[:-2]}, rented, family]}}\n    name"),
    )
    found, _items = lint_files([path], HALL)
    (finding,) = (each for each in found if each.code == "not-taken")
    assert "home=family" in finding.reason


# ---- the command ------------------------------------------------------------------------------------------


def district(directory: Path) -> str:
    """The dog's district."""
    (directory / "departments").mkdir(parents=True)
    (directory / "district.yaml").write_text("invented: true\narea_code: '330199'\nname: 临溪区\n", "utf-8")
    (directory / "departments/city.yaml").write_text(
        "id: city\nname: 城管局\nphone: 0571-00000009\n", "utf-8"
    )
    return str(directory)


def test_the_command_s_status_is_that_of_its_findings(tmp_path: Path) -> None:
    run = CliRunner().invoke
    at = ["--district", district(tmp_path / "district")]
    assert run(app, ["lint", "--strict", *at, str(sound(tmp_path))]).exit_code == 0
    path = sound(tmp_path, ("phone: 0571-00000009", "phone: 0571-00001002"))
    assert run(app, ["lint", *at, str(path)]).exit_code == 0
    assert run(app, ["lint", "--strict", *at, str(path)]).exit_code == 1
    bad = sound(tmp_path, ("depth: application", "depth: aplication"))
    result = run(app, ["lint", "--json", *at, str(bad)])
    assert result.exit_code == 1
    (finding,) = json.loads(result.stdout)
    assert finding["code"] == "not-read"
    assert finding["line"] == 8
    assert finding["severity"] == "error"
    missing = run(app, ["lint", *at, str(tmp_path / "none")])
    assert missing.exit_code == 1
    assert "cannot be read" in missing.stdout
    (tmp_path / "empty").mkdir()
    nothing = run(app, ["lint", *at, str(tmp_path / "empty")])
    assert nothing.exit_code == 2
    assert nothing.stderr.strip().endswith("holds no service item (*.yaml)")


def test_the_page_says_what_the_code_finds() -> None:
    assert (ROOT / "docs/lint.md").read_text("utf-8") == page()
