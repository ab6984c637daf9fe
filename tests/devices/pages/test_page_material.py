"""Pages: their red seals, their size, both sides of a card, several in one material; and the commands."""

import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

from commands.page import app
from devices.contracts.pages import Finding, Page, PageProblem, PageRefused, Paper
from devices.pages.cleaning import LEAST_DPI, encoded
from devices.pages.judging import page_of
from devices.pages.material import Pages, both_sides, picture_of, turned
from devices.simulators.paper import Sheet, render
from devices.simulators.paper_photo import Scene, Table, photograph, scene_of_chance

SCENE = Scene(Table.WOOD, px_per_mm=4.4, tilt_deg=8, turn_deg=3, shadow=0.3, warmth=0.1, noise=3)


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    return np.asarray(photograph(render(Sheet.RECEIPT), SCENE).picture)


@pytest.fixture(scope="module")
def page(photo: np.ndarray) -> Page:
    page = page_of(photo, Paper.A4, 400_000)
    assert isinstance(page, Page)
    return page


@pytest.fixture(scope="module")
def card() -> Page:
    scene = Scene(Table.DARK, size=(480, 640), px_per_mm=3.6)
    card = page_of(photograph(render(Sheet.CARD_FRONT), scene).picture, Paper.ID_1, 400_000)
    assert isinstance(card, Page)
    return card


def test_paper_comes_out_white_print_black_and_the_seal_red(page: Page) -> None:
    hue, strength, value = cv2.split(cv2.cvtColor(picture_of(page), cv2.COLOR_BGR2HSV))
    assert np.median(value) >= 252
    assert np.median(strength) <= 6
    original = cv2.resize(render(Sheet.RECEIPT).picture, (page.width_px, page.height_px))
    seal = cv2.erode(((original[..., 2] > 190) & (original[..., 1] < 90)).astype(np.uint8), np.ones((5, 5)))
    assert seal.sum() > 2000
    red = np.minimum(hue[seal > 0], 180 - hue[seal > 0])
    assert np.median(red) <= 6, "degrees from red, by two"
    assert np.median(strength[seal > 0]) >= 150


def test_a_page_says_nothing_of_itself_and_carries_its_resolution(page: Page) -> None:
    assert repr(page) == "Page(…)"
    assert repr(Pages((page,))) == "Pages(1)"
    assert page.jpeg[13:18] == b"\x01" + (200).to_bytes(2, "big") * 2


def test_a_page_that_is_too_large_is_coded_coarser_and_at_last_refused() -> None:
    chance = np.random.default_rng(1)
    rough = chance.integers(0, 255, (1169, 827, 3), np.uint8)
    whole = encoded(rough, 200, 10_000_000)
    smaller = encoded(rough, 200, 300_000)
    assert isinstance(whole, Page)
    assert isinstance(smaller, Page)
    assert len(smaller.jpeg) <= 300_000
    assert LEAST_DPI <= smaller.dpi < whole.dpi
    refused = encoded(rough, 200, 20_000)
    assert isinstance(refused, Finding)
    assert refused.problem is PageProblem.TOO_LARGE
    assert refused.measure > refused.limit == 20_000


def test_both_sides_of_a_card_stand_on_one_page_in_their_true_size(card: Page) -> None:
    sheet = both_sides(card, card, 400_000)
    assert isinstance(sheet, Page)
    assert (sheet.width_px, sheet.height_px, sheet.dpi) == (1654, 2339, 200)
    grey = cv2.cvtColor(picture_of(sheet), cv2.COLOR_BGR2GRAY)
    _, _, stats, _ = cv2.connectedComponentsWithStats(
        cv2.morphologyEx((grey < 250).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9)))
    )
    cards = [stat for stat in stats[1:] if stat[cv2.CC_STAT_AREA] > 100_000]
    assert len(cards) == 2
    for stat in cards:
        assert abs(stat[cv2.CC_STAT_WIDTH] / 200 * 25.4 - 85.6) < 1.5
        assert abs(stat[cv2.CC_STAT_HEIGHT] / 200 * 25.4 - 53.98) < 1.5


def test_a_page_is_retaken_in_its_place(page: Page, card: Page) -> None:
    pages = Pages().added(page).added(page).retaken(1, card)
    assert pages.pages == (page, card)
    assert pages.without(0).pages == (card,)
    assert pages.size_bytes == len(page.jpeg) + len(card.jpeg)
    with pytest.raises(IndexError):
        pages.retaken(2, card)


def test_a_page_can_be_turned_upright(card: Page) -> None:
    upright = turned(card, 1, 400_000)
    assert isinstance(upright, Page)
    assert (upright.width_px, upright.height_px) == (card.height_px, card.width_px)


def test_an_empty_table_and_a_card_in_place_of_a_page_are_no_pages() -> None:
    for scene, sheet in ((Scene(Table.WOOD, shift_mm=(3000, 0)), Sheet.TEXT), (SCENE, Sheet.CARD_FRONT)):
        result = page_of(photograph(render(sheet), scene).picture, Paper.A4, 400_000)
        assert isinstance(result, PageRefused)


# ---- the commands ------------------------------------------------------------------------------------------


def test_page_clean_writes_a_pdf_of_several_photographs(photo: np.ndarray, tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        cv2.imwrite(str(tmp_path / name), photo)
    output = tmp_path / "pages.pdf"
    words = ["clean", str(tmp_path / "a.jpg"), str(tmp_path / "b.jpg"), "--output", str(output), "--json"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert [page["dpi"] for page in answer["pages"]] == [200, 200]
    info = subprocess.run(["pdfinfo", str(output)], capture_output=True, check=True, text=True).stdout
    assert "Pages:           2" in info
    assert "A4" in info


def test_page_clean_says_what_is_wrong_with_a_photograph(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "grey.png"), np.full((800, 600, 3), 120, np.uint8))
    done = CliRunner().invoke(
        app, ["clean", str(tmp_path / "grey.png"), "--output", str(tmp_path / "x.jpg"), "--json"]
    )
    assert done.exit_code == 3
    assert json.loads(done.stdout)["reason"] == "no_page"
    assert not (tmp_path / "x.jpg").exists()


@pytest.mark.parametrize(
    ("photos", "output", "words"),
    [
        (["nowhere.jpg"], "x.jpg", "nowhere.jpg: No such file"),
        ([__file__], "x.jpg", "is no picture"),
        (["a.jpg", "b.jpg"], "x.jpg", "several pages go into a .pdf"),
        (["a.jpg"], "x.tiff", "must end in .pdf or .jpg"),
    ],
)
def test_page_clean_refuses_in_one_line(photos: list[str], output: str, words: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["clean", *photos, "--output", str(tmp_path / output)])
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_nothing_but_the_pages_is_loaded_for_the_help() -> None:
    code = "import sys, commands.page; sys.exit('cv2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_sheet_that_still_lies_there_is_not_taken_for_a_card() -> None:
    for seed in range(300, 304):
        page, scene = scene_of_chance(seed, Table.WOOD, Sheet.FORM)
        refused = page_of(photograph(page, scene).picture, Paper.ID_1, 400_000)
        assert isinstance(refused, PageRefused)
        assert refused.findings[0].problem in {PageProblem.WRONG_SHAPE, PageProblem.NO_PAGE}
