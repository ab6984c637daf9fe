"""Figures: medians, ratios, aims, and the page that says them."""

from __future__ import annotations

import pytest

from benchmarks.document import TakenPart, renewed
from benchmarks.figures import Aim, Chapter, Figure, Peer, Samples


def ms(*values: float) -> Samples:
    return Samples.of(values, "ms")


def test_the_median_and_the_spread_are_between_the_samples() -> None:
    samples = ms(4, 1, 3, 2, 5)
    assert samples.median == 3
    assert samples.quantile(0.1) == pytest.approx(1.4)
    assert samples.quantile(0.9) == pytest.approx(4.6)
    assert ms(7).quantile(0.9) == 7


def test_no_sample_is_no_figure() -> None:
    with pytest.raises(ValueError, match="no samples"):
        ms()


def test_an_aim_is_held_to_the_ratio_or_to_the_value() -> None:
    beside = Peer("the wire", ms(100))
    assert Figure("card", ms(129), peer=beside, aim=Aim(1.3, as_ratio=True)).met
    assert not Figure("card", ms(131), peer=beside, aim=Aim(1.3, as_ratio=True)).met
    assert not Figure("leave", ms(51), peer=beside, aim=Aim(50, as_ratio=False)).met
    assert Figure("touch", ms(51), peer=beside).met is None


def part(name: str, *figures: Figure, machine: str = "a fast one") -> TakenPart:
    return TakenPart(name, [Chapter(name.title(), "How.", figures)], {}, {"processor": machine}, {"Qt": "6"})


def page(*parts: TakenPart) -> str:
    text = ""
    for taken in parts:
        text = renewed(text, taken, ("glass", "readers"))
    return text


def test_a_missed_aim_is_written_down_with_where_it_goes() -> None:
    figure = Figure(
        "kept",
        ms(3, 4, 5),
        peer=Peer("bare commit", ms(1)),
        aim=Aim(2, as_ratio=True),
        parts=[("signature", 2.5)],
        reason="The signature takes longest.",
    )
    text = page(part("glass", figure))
    row = "kept |  | 4.00 ms (3.20 – 4.80) | bare commit: 1.00 ms | 4.00 | ≤ 2 × | **missed** |"
    assert f"| glass | {row}" in text
    assert (
        "**Missed. Kept: 4.00 ×, aim ≤ 2 ×.** The signature takes longest. "
        "Where it goes: signature 2.50 ms." in text
    )
    assert "a fast one" in text
    assert "Qt 6" in text


def test_a_page_without_a_missed_aim_has_no_word_about_it() -> None:
    text = page(part("glass", Figure("leave", ms(20), aim=Aim(50, as_ratio=False))))
    assert "| glass | leave |  | 20.0 ms |  |  | ≤ 50 ms | met |" in text
    assert "issed" not in text


def test_a_part_taken_anew_leaves_the_others_as_they_were_in_their_order() -> None:
    aim = Aim(50, as_ratio=False)
    readers = part("readers", Figure("card", ms(7), aim=aim), machine="an old one")
    glass = part("glass", Figure("leave", ms(20), aim=aim))
    again = part("glass", Figure("leave", ms(21), aim=aim))
    text = page(readers, glass, again)
    assert text == page(glass, readers, again) == page(again, readers)
    assert "20.0 ms" not in text
    assert text.index("| glass | leave") < text.index("| readers | card")
    assert text.index("## Glass") < text.index("a fast one") < text.index("## Readers")
    assert "an old one" in text


def test_a_part_that_is_no_more_leaves_the_page() -> None:
    assert "## Readers" not in renewed(page(part("readers")), part("glass"), ("glass",))
