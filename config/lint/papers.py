"""Findings about materials: each can be had on this terminal, on every path that needs it."""

from __future__ import annotations

from collections.abc import Iterator

from config.item import DOCUMENT, CaptureQuestion, Choice, Item, Material
from config.item_conditions import comparisons, holds
from config.lint.paths import Own
from config.lint.report import Lint
from config.lint.worlds import Worlds, as_words
from config.plain import Loc


def about_materials(item: Item, worlds: Worlds, own: Own) -> Iterator[Lint]:
    """Everything about the papers of `item`. What members bring is proved in their own files."""
    takers = {asked.material: asked for asked in item.questions if isinstance(asked, CaptureQuestion)}
    for position, material in enumerate(item.materials):
        loc: Loc = ("materials", position)
        if not own(loc):
            continue
        match material.obtained:
            case "scan":
                yield from _scanned(material, loc, takers.get(material.id), item, worlds)
            case "e_licence":
                yield from _fetched(material, loc, item, worlds)
            case "data_sharing":
                yield from _shared(material, loc, item, worlds)
            case "chip" | "generated" | "commitment":
                pass
    if item.depth in {"application", "appointment", "concluded_here"} and not item.members:
        yield from _form(item, worlds)
    yield from _identity(item, worlds)


def _fields(*materials: Material) -> set[str]:
    return {each.field for material in materials for each in comparisons(material.relevant)}


def _scanned(
    material: Material, loc: Loc, taker: CaptureQuestion | None, item: Item, worlds: Worlds
) -> Iterator[Lint]:
    if taker is None:
        yield Lint("not-taken", loc, f'"{material.id}" is scanned, and no question takes it')
        return
    missing = idle = False
    for world in worlds.of({taker.id, *_fields(material)}):
        needed, taken = holds(material.relevant, world.get), taker.id in world
        if needed and not taken and not missing:
            missing = True
            why = f'"{material.id}" is needed with {as_words(world)}, and "{taker.id}" is not asked'
            yield Lint("not-taken", loc, why)
        if taken and not needed and not idle:
            idle = True
            place = [asked.id for asked in item.fields].index(taker.id)
            why = f'"{taker.id}" is asked with {as_words(world)}, and "{material.id}" is not needed'
            yield Lint("taken-for-nothing", ("fields", place), why)


def _fetched(material: Material, loc: Loc, item: Item, worlds: Worlds) -> Iterator[Lint]:
    fields = _fields(material)
    for asked in item.questions:
        if asked.id not in fields or asked.source != "e_licence" or not isinstance(asked, Choice):
            continue
        declined = set[str]()
        granted = set[str]()
        for world in worlds.of(fields, apart={asked.id}):
            if asked.id in world:
                (granted if holds(material.relevant, world.get) else declined).add(world[asked.id])
        declined -= granted
        ends = any(option.window is not None for option in asked.options)
        if granted and not declined and not ends:
            why = f'"{material.id}" is fetched whatever is answered to "{asked.id}"'
            yield Lint("licence-not-granted", (*loc, "relevant"), why)
        for value in sorted(declined):
            if not _instead(asked.id, value, item, worlds):
                why = f'whoever answers "{value}" to "{asked.id}" brings nothing instead of "{material.id}"'
                yield Lint("declined-brings-nothing", loc, why)


def _instead(question: str, value: str, item: Item, worlds: Worlds) -> bool:
    """Whether some material is needed with this answer alone."""
    for material in item.materials:
        fields = _fields(material)
        if question in fields and any(
            world.get(question) == value and holds(material.relevant, world.get)
            for world in worlds.of(fields, apart={question})
        ):
            return True
    return False


def _shared(material: Material, loc: Loc, item: Item, worlds: Worlds) -> Iterator[Lint]:
    lookup = next((each for each in item.lookups if each.id == material.lookup), None)
    if lookup is None:
        return
    names = {*_fields(material), *lookup.needs, *(each.field for each in comparisons(lookup.relevant))}
    for world in worlds.of(names):
        if holds(material.relevant, world.get) and not worlds.runs(lookup, world):
            why = f'"{material.id}" comes from "{lookup.id}", which does not run with {as_words(world)}'
            yield Lint("data-not-there", loc, why)
            break
    told = {fact.id for fact in lookup.facts}
    asked = {each.prefill.fact for each in item.questions if each.prefill is not None}
    if lookup.missing == "ask" and not told & (_fields(material) | asked):
        others = [each for each in item.materials if each.obtained in {"scan", "commitment"}]
        if not any(told & _fields(other) for other in others):
            why = f'where nobody can tell "{lookup.id}", "{material.id}" is not there'
            yield Lint("data-may-be-missing", loc, why)


def _form(item: Item, worlds: Worlds) -> Iterator[Lint]:
    forms = [material.relevant for material in item.materials if material.obtained == "generated"]
    world = worlds.without(forms)
    if world is not None:
        yield Lint("no-form", ("materials",), f"nothing is generated with {as_words(world)}")


def _identity(item: Item, worlds: Worlds) -> Iterator[Lint]:
    chips = [material.relevant for material in item.materials if material.obtained == "chip"]
    world = worlds.without(chips, apart={DOCUMENT})
    if world is not None:
        yield Lint("no-identity", ("materials",), f"no document stands among them with {as_words(world)}")
