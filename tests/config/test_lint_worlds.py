"""The linter's proof against counting everything: random matters, every combination of answers and facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from config.item import Item
from config.item_conditions import AllOf, AnyOf, Condition, Equals, NoneOf, holds
from config.lint.worlds import Worlds
from config.yaml_lines import read
from tests.config.rich_item import RICH

TEXT = {"zh": "问", "en": "Ask"}
VALUES = ("a", "b", "c")
BASE: dict[str, Any] = read(RICH)[0]
for _key in ("lookups", "calculations", "parties", "agreements"):
    del BASE[_key]


@st.composite
def conditions(draw: st.DrawFn, names: list[str], depth: int = 2) -> dict[str, Any]:
    """A condition on `names`, groups within groups."""
    kind = draw(st.sampled_from(["equals", "equals", "all_of", "any_of", "none_of"] if depth else ["equals"]))
    if kind == "equals":
        values = draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=2, unique=True))
        return {"field": draw(st.sampled_from(names)), "values": values}
    inner = st.lists(conditions(names, depth - 1), min_size=1, max_size=2)
    return {kind: draw(inner)}


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Up to four questions and two lookups; each may depend on what is known before it."""
    names: list[str] = []
    questions: list[dict[str, Any]] = []
    lookups: list[dict[str, Any]] = []

    def maybe() -> dict[str, Any] | None:
        return draw(st.none() | conditions(names)) if names else None

    for number in range(draw(st.integers(2, 4))):
        options = [{"value": value, "label": {"zh": f"答{value}", "en": value.upper()}} for value in VALUES]
        if draw(st.booleans()):
            options[2]["window"] = {"why": TEXT}
        name = f"q{number}"
        questions.append(
            {
                "id": name,
                "kind": "choice",
                "label": TEXT,
                "ask": TEXT,
                "options": options,
                "relevant": maybe(),
            }
        )
        names.append(name)
        if number < 2 and draw(st.booleans()):
            fact = f"f{number}"
            told = [{"value": value, "label": TEXT} for value in VALUES]
            lookups.append(
                {
                    "id": f"l{number}", "data": "x", "name": TEXT, "holder": TEXT,
                    "basis": {"source": "x", "verified": False}, "needs": [name], "relevant": maybe(),
                    "facts": [{"id": fact, "label": TEXT, "kind": "choice", "options": told}],
                }
            )  # fmt: skip
            names.append(fact)
    paper = {"name": TEXT, "obtained": "commitment", "trust": "D"}
    materials = [paper | {"id": f"m{number}", "relevant": draw(conditions(names))} for number in range(3)]
    whole = BASE | {"situations": questions, "fields": [], "lookups": lookups, "materials": materials}
    return Item.model_validate(whole)


def everything(item: Item) -> Iterator[dict[str, str]]:
    """Every path, found by trying every value of every question and fact, told or not."""
    lookups = {lookup.needs[0]: lookup for lookup in item.lookups}
    choices = [[*VALUES] for _ in item.situations] + [[*VALUES, None] for _ in item.lookups]
    for values in product(*choices):
        world: dict[str, str] = {}
        told = dict(zip((lookup.id for lookup in item.lookups), values[len(item.situations) :], strict=True))
        for asked, value in zip(item.situations, values, strict=False):
            assert value is not None
            if not holds(asked.relevant, world.get):
                continue
            if next(option for option in asked.options if option.value == value).window is not None:
                break
            world[asked.id] = value
            lookup = lookups.get(asked.id)
            if lookup is not None and holds(lookup.relevant, world.get) and told[lookup.id] is not None:
                world[lookup.facts[0].id] = str(told[lookup.id])
        else:
            yield world


def parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    match condition:
        case AllOf():
            inner = condition.all_of
        case AnyOf():
            inner = condition.any_of
        case NoneOf():
            inner = condition.none_of
        case Equals():
            return
    for each in inner:
        yield from parts(each)


@settings(max_examples=150, deadline=None)
@given(items())
def test_what_the_linter_proves_is_what_counting_finds(item: Item) -> None:
    worlds, paths = Worlds(item), list(everything(item))
    materials = [material.relevant for material in item.materials]
    for relevant in (*materials, *(asked.relevant for asked in item.situations)):
        for condition in parts(relevant) if relevant is not None else ():
            truths = {holds(condition, world.get) for world in paths}
            assert worlds.can_hold(condition) == (True in truths)
            assert worlds.can_fail(condition) == (False in truths)
    nobody = any(not any(holds(each, world.get) for each in materials) for world in paths)
    assert (worlds.without(materials) is not None) == nobody
    assert not worlds.sampled


@settings(max_examples=60, deadline=None)
@given(items())
def test_a_way_that_is_named_is_a_way_that_there_is(item: Item) -> None:
    """What a finding says of a path is true of some path."""
    materials = [material.relevant for material in item.materials]
    way = Worlds(item).without(materials)
    if way is not None:
        assert any(way.items() <= world.items() for world in everything(item))
        assert not any(holds(each, way.get) for each in materials)


class Careless(Worlds):
    """Looks at the names of a condition, and not at what they depend on."""

    def _needs(self, name: str) -> Iterator[str]:
        del name
        return iter(())


def test_a_linter_that_forgets_what_a_question_depends_on_would_be_caught() -> None:
    item = Item.model_validate(read(RICH)[0])
    permit = Equals(field="permit", values=("granted",))  # asked of people in rented homes only
    assert Worlds(item).can_hold(permit)
    assert not Careless(item).can_hold(permit)


def test_a_sample_is_said_to_be_one_and_can_be_repeated() -> None:
    item = Item.model_validate(read(RICH)[0])
    names = list(Worlds(item).order.questions)
    few, again, other = (Worlds(item, seed=seed, most=5) for seed in (1, 1, 2))
    assert list(few.of(names, apart=names)) == list(again.of(names, apart=names))
    assert few.sampled
    assert list(few.of(names, apart=names)) != list(other.of(names, apart=names))
    exact = Worlds(item)
    assert len(list(exact.of(names, apart=names))) > 5
    assert not exact.sampled
