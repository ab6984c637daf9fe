"""The guide of each matter as a page: what, who, where, how long, cost, materials by situation, results.

`python -m config.guides docs/guides` writes one page a matter, and a list of them; a test keeps them in step.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from config.condition_words import DOCUMENT_NAMES
from config.guide_sections import DELIVERED, bases, bring, how, materials, parties, when, windows, with_basis
from config.item import Item
from config.items import SHIPPED, load_items
from config.lint.figures import Figures, figures


def page(item: Item) -> str:
    """The guide of one matter, Chinese first."""
    counted = figures(item)
    head = (
        f"# {item.title.zh} · {item.title.en}\n\n`{item.id}`, version {item.version}. Made from its file.\n"
    )
    halves = ("\n".join(_half(item, counted, language)) for language in ("zh", "en"))
    return "\n".join((head, *halves)) + "\n"


def index(items: Sequence[Item]) -> str:
    """The list of all guides."""
    lines = [
        "# Guides of the shipped matters",
        "",
        "What each matter asks and gives, made from the files in `config/items` by",
        "`python -m config.guides docs/guides`. District, offices and telephone numbers are invented, and",
        "nobody has checked what says 未核实 / not verified.",
        "",
        "| 事项 | matter | working days | yuan | typed | papers to bring |",
        "|---|---|---|---|---|---|",
    ]
    for item in items:
        counted = figures(item)
        joint = " (joint)" if item.members else ""
        part = " (in a joint matter)" if item.only_in_joint else ""
        lines.append(
            f"| [{item.title.zh}]({item.id}.md) | {item.title.en}{joint}{part} | {item.time.promised_days} "
            f"| {item.fee.yuan:g} | {counted.typed} | {counted.papers} |"
        )
    return "\n".join((*lines, "", "Typed, papers: least/median/most over all paths.", ""))


def _half(item: Item, counted: Figures, language: str) -> Iterator[str]:
    zh = language == "zh"

    def say(chinese: str, english: str) -> str:
        return chinese if zh else english

    yield f"## {say('中文', 'English')}"
    yield ""
    yield item.summary(language)
    yield ""
    yield from _facts(item, language)
    yield f"### {say('谁可以办', 'Who')}"
    yield ""
    yield from (f"- {text(language)}" for text in item.conditions)
    taken = [DOCUMENT_NAMES[kind](language) for kind in item.documents]
    yield f"- {say('本机认的证件：', 'Documents taken here: ')}{say('、', ', ').join(taken)}"
    for elsewhere in item.elsewhere:
        window = f"{elsewhere.window.why(language)}{bring(elsewhere.window, language)}"
        yield f"- {elsewhere.holders(language)}{say('：', ': ')}{window}"
    yield ""
    yield f"### {say('怎么办', 'How')}"
    yield ""
    yield from how(item, counted, language)
    yield f"### {say('材料', 'What is needed')}"
    yield ""
    yield from materials(item, language)
    yield ""
    signing = parties(item)
    if signing:
        yield f"### {say('还有谁要签字', 'Who else signs')}"
        yield ""
        for party, where in signing:
            needed = when(party.relevant, where, language)
            yield f"- {party.name(language)}{needed}{say('：', ': ')}{party.reason(language)}"
        yield ""
    ends = list(windows(item, language))
    if ends:
        yield f"### {say('什么时候要去窗口', 'When to go to the counter')}"
        yield ""
        yield from ends
        yield ""
    if item.results:
        yield f"### {say('结果', 'What comes of it')}"
        yield ""
        for result in item.results:
            ways = [DELIVERED[way][not zh] for way in result.delivered]
            yield f"- {result.name(language)}{say('：', ': ')}{say('、', ', ').join(ways)}"
        yield ""
    if item.good_to_know:
        yield f"### {say('还要知道', 'Good to know')}"
        yield ""
        yield from (f"- {text(language)}" for text in item.good_to_know)
        yield ""
    yield f"### {say('依据', 'Basis')}"
    yield ""
    yield from bases(item, language)
    yield ""


def _facts(item: Item, language: str) -> Iterator[str]:
    zh = language == "zh"
    office, time, fee = item.office, item.time, item.fee
    rows = [
        (("正式名称", "Official name"), item.name(language)),
        (
            ("哪里办", "Where"),
            f"{office.department(language)}{'，' if zh else ', '}{office.window(language)}",
        ),
        (("时间", "Hours"), office.hours(language)),
        (("电话", "Telephone"), office.phone),
    ]
    if item.complaint_phone is not None:
        rows.append((("投诉电话", "Complaints"), item.complaint_phone))
    days = (
        f"承诺{time.promised_days}个工作日，法定{time.statutory_days}个工作日"
        if zh
        else f"{time.promised_days} working days promised, {time.statutory_days} by law"
    )
    if item.case_type == "instant":
        days = "收到就办" if zh else "when it is received"
    if time.note is not None:
        days += ("。" if zh else ". ") + time.note(language)
    rows.append((("多久", "How long"), with_basis(days, time.basis, language)))
    cost = ("不收费" if zh else "free") if fee.yuan == 0 else f"{fee.yuan:g}{'元' if zh else ' yuan'}"
    if fee.note is not None:
        cost += ("。" if zh else ". ") + fee.note(language)
    rows.append((("多少钱", "Cost"), with_basis(cost, fee.basis, language)))
    if item.visits is not None:
        rows.append((("要跑几次", "Visits beside this terminal"), str(item.visits)))
    yield f"| {'项目' if zh else 'fact'} | {'内容' if zh else 'what'} |"
    yield "|---|---|"
    yield from (f"| {names[not zh]} | {value} |" for names, value in rows)
    yield ""


def pages(items: Sequence[Item]) -> dict[str, str]:
    """Every page by its file name."""
    return {"README.md": index(items), **{f"{item.id}.md": page(item) for item in items}}


def main() -> None:
    """Write the pages of the shipped matters into the directory that the command line names."""
    match sys.argv[1:]:
        case [directory]:
            target = Path(directory)
            target.mkdir(parents=True, exist_ok=True)
            written = pages(load_items(SHIPPED))
            for old in target.glob("*.md"):
                if old.name not in written:
                    old.unlink()
            for name, text in written.items():
                (target / name).write_text(text, "utf-8")
        case _:
            sys.exit("usage: python -m config.guides DIRECTORY")


if __name__ == "__main__":
    main()
