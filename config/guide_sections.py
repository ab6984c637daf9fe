"""The sections of a matter's guide, in either language; pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from config.condition_words import in_words
from config.item import Basis, Choice, Condition, Item, Material, Party, Window
from config.joint_items import JoinedItem
from config.lint.figures import Figures, Range

_OBTAINED: Final = {
    "chip": ("读证件芯片，不用复印", "read from the chip; no copy needed"),
    "generated": ("本机生成，您签名", "made here; you sign it"),
    "e_licence": (
        "您同意后调取电子证照，不用带",
        "fetched as an electronic licence if you agree; not brought",
    ),
    "data_sharing": ("部门之间共享，不用带", "shared between departments; not brought"),
    "scan": ("请带来，在本机拍", "bring it; it is photographed here"),
    "commitment": ("您签承诺书，不用带", "you sign a commitment; not brought"),
}
DELIVERED: Final = {
    "electronic": ("电子版", "electronic"),
    "self_print": ("自助打印", "printed at a terminal"),
    "window": ("窗口自取", "collected at the counter"),
    "post": ("邮寄", "by post"),
    "visit": ("上门", "somebody comes to you"),
}
_DEPTH: Final = {
    "guide": ("只看指南", "only the guide"),
    "appointment": ("预约", "the appointment"),
    "application": ("提交申请", "the application"),
    "enquiry_print": ("查询打印", "the enquiry and its print"),
    "concluded_here": ("当面办结", "everything"),
}
_ASSURANCE: Final = {
    "card": ("读证件", "reading the document"),
    "card_and_face": (
        "读证件，再比对人脸，或按指纹、请工作人员核对",
        "reading the document, and the face, a finger or staff",
    ),
    "card_and_fingerprint": (
        "读证件，再按指纹，或请工作人员核对",
        "reading the document, and a finger or staff",
    ),
    "staff_checked": ("请工作人员核对", "staff"),
}
_NOT_VERIFIED: Final = ("未核实", "not verified")


def how(item: Item, counted: Figures, language: str) -> Iterator[str]:
    """What is done here, how much is asked, and what a joint matter includes."""
    zh = language == "zh"
    fields, filled, touched, typed, pages = (
        _span(each, zh=zh)
        for each in (counted.fields, counted.filled, counted.touched, counted.typed, counted.pages)
    )
    offline = item.offline
    if zh:
        yield f"- 在本机可以办：{_DEPTH[item.depth][0]}。"
        yield f"- 确认是您本人：{_ASSURANCE[item.assurance_level][0]}。"
        yield (
            f"- 表里有{fields}项，其中{filled}项自动填好；您点选{touched}项，打字{typed}项，一共{pages}页。"
        )
        yield (
            "- 连不上网络时：本机不收。"
            if offline.policy == "forbidden"
            else f"- 连不上网络时：先存在本机，最多{offline.max_age_days}天，不代表已受理。"
        )
    else:
        yield f"- Done here: {_DEPTH[item.depth][1]}."
        yield f"- Who you are: by {_ASSURANCE[item.assurance_level][1]}."
        yield (
            f"- The form has {fields} lines, {filled} of them filled already; you touch {touched} "
            f"answers and type {typed}, on {pages} pages."
        )
        yield (
            "- Without the network: not taken here."
            if offline.policy == "forbidden"
            else f"- Without the network: kept here for up to {offline.max_age_days} days; no acceptance."
        )
    for part in item.parts if isinstance(item, JoinedItem) else ():
        yield f"- {'包括' if zh else 'Includes'} [{part.item.title(language)}]({part.item.id}.md)"
        for left_out in part.left_out:
            yield f"  - {'这次不办：' if zh else 'Not this time: '}{left_out.why(language)}"
    yield ""


def _span(found: Range, *, zh: bool) -> str:
    if found.least == found.most:
        return f"{found.least:g}"
    return f"{found.least:g}到{found.most:g}" if zh else f"{found.least:g} to {found.most:g}"


def materials(item: Item, language: str) -> Iterator[str]:
    """Of a joint matter: what all need, then what each needs more."""
    if not isinstance(item, JoinedItem):
        yield from (_material(each, item, language) for each in item.materials)
        return
    own = {each.id for each in item.materials} - {
        each.id for part in item.parts for each in part.item.materials
    }
    everywhere = set.intersection(*({each.id for each in part.item.materials} for part in item.parts))
    for each in item.parts[0].item.materials:
        if each.id in everywhere:
            yield _material(each, item.parts[0].item, language)
    yield from (_material(each, item, language) for each in item.materials if each.id in own)
    for part in item.parts:
        yield f"- **{part.item.title(language)}**"
        for each in part.item.materials:
            if each.id not in everywhere:
                yield f"  {_material(each, part.item, language)}"


def parties(item: Item) -> list[tuple[Party, Item]]:
    """Each with the matter that it stands in: a member's conditions are short in its own words."""
    places = [part.item for part in item.parts] if isinstance(item, JoinedItem) else []
    found: dict[str, tuple[Party, Item]] = {}
    for place in (*places, item):
        for party in place.parties:
            found.setdefault(party.id, (party, place))
    return list(found.values())


def _material(material: Material, item: Item, language: str) -> str:
    zh = language == "zh"
    how = _OBTAINED[material.obtained][not zh]
    return f"- {material.name(language)}{when(material.relevant, item, language)}{'：' if zh else ': '}{how}"


def when(condition: Condition | None, item: Item, language: str) -> str:
    """In brackets, when something is needed; nothing where it always is."""
    if condition is None:
        return ""
    words = in_words(condition, item, language)
    return f"（{words}时）" if language == "zh" else f" (if {words})"


def windows(item: Item, language: str) -> Iterator[str]:
    """Every answer and every lookup that leads to the counter, with what to bring."""
    zh = language == "zh"
    for asked in item.questions:
        for option in asked.options if isinstance(asked, Choice) else ():
            if option.window is not None:
                what = f"{asked.label(language)}{'：' if zh else ': '}{option.label(language)}"
                yield f"- **{what}** {option.window.why(language)}{bring(option.window, language)}"
    for lookup in item.lookups:
        if lookup.window is not None:
            what = f"{lookup.name(language)}{'，查不到' if zh else ', not found'}"
            yield f"- **{what}** {lookup.window.why(language)}{bring(lookup.window, language)}"
        for fact in lookup.facts:
            for value in fact.options:
                if value.window is not None:
                    what = f"{fact.label(language)}{'：' if zh else ': '}{value.label(language)}"
                    yield f"- **{what}** {value.window.why(language)}{bring(value.window, language)}"


def bring(window: Window, language: str) -> str:
    """What to bring, as a sentence."""
    if not window.bring:
        return ""
    papers = [text(language) for text in window.bring]
    return f"请带：{'；'.join(papers)}。" if language == "zh" else f" Bring: {'; '.join(papers)}."


def checked(basis: Basis, language: str) -> str:
    """A source, and whether nobody has checked it."""
    if basis.verified:
        return basis.source
    return f"{basis.source}{'，' if language == 'zh' else '; '}**{_NOT_VERIFIED[language == 'en']}**"


def with_basis(words: str, basis: Basis, language: str) -> str:
    """A fact with its source behind it."""
    source = checked(basis, language)
    return f"{words}（{source}）" if language == "zh" else f"{words} ({source})"


def bases(item: Item, language: str) -> Iterator[str]:
    """Every source that the matter rests on, once."""
    bases = list(item.basis)
    bases += [lookup.basis for lookup in item.lookups]
    bases += [] if item.retention is None else [item.retention.basis]
    yield from dict.fromkeys(f"- {checked(basis, language)}" for basis in bases)
