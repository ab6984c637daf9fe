"""`item show`: a matter as a page to read, both languages, and every path through it."""

from __future__ import annotations

from collections.abc import Iterator

from commands.item_files import one_item, refuse, say
from config.guides import page
from config.item import DOCUMENT, CaptureQuestion, Choice, Item
from config.lint.effort import effort
from config.lint.worlds import GIVEN, World, Worlds
from config.plain import BadFile

_MOST_SHOWN = 60


def answer(meant: str) -> None:
    """Print it."""
    try:
        _path, item = one_item(meant)
    except BadFile as bad:
        refuse(str(bad))
    say(page(item))
    say("## 每一种走法 · Every path\n")
    say("Where lookups tell what they can. In brackets: typed, papers to bring, pages.\n")
    for line in _paths(item):
        say(line)


def _paths(item: Item) -> Iterator[str]:
    worlds = Worlds(item)
    names = (DOCUMENT, *worlds.order.questions, *worlds.order.facts)
    shown: dict[str, None] = {}
    apart = {DOCUMENT, *worlds.deciding}
    for number, world in enumerate(worlds.of(names, apart=apart, lookups="told")):
        if number == _MOST_SHOWN:
            shown[f"… and more: {_MOST_SHOWN} of many are shown. `item report` counts them all."] = None
            break
        counted = effort(item, world)
        figures = f"[{counted.typed}, {counted.papers}, {counted.pages}]"
        shown[f"- {figures} {_in_words(item, worlds, world)}"] = None
    yield from shown
    for asked in item.questions:
        for option in asked.options if isinstance(asked, Choice) else ():
            if option.window is not None:
                yield f"- → window: {asked.label.en}: {option.label.en} · {asked.label.zh}：{option.label.zh}"


def _in_words(item: Item, worlds: Worlds, world: World) -> str:
    """The choices that tell paths apart, then the papers."""
    said = []
    for name in worlds.deciding:
        if name == DOCUMENT or world.get(name, GIVEN) == GIVEN:
            continue
        if name in worlds.order.questions:
            asked = worlds.order.questions[name]
            options = asked.options if isinstance(asked, Choice) else ()
            label = next(option.label for option in options if option.value == world[name])
            said.append(f"{asked.label.zh}：{label.zh} ({label.en})")
        elif name in worlds.order.facts:
            fact = worlds.order.facts[name].fact
            label = next(option.label for option in fact.options if option.value == world[name])
            said.append(f"{fact.label.zh}：{label.zh} ({label.en})")
    papers = [
        asked.label.zh for asked in item.questions if isinstance(asked, CaptureQuestion) and asked.id in world
    ]
    return "; ".join(said or ["—"]) + (f" → {'、'.join(papers)}" if papers else "")
