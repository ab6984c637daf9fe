"""The platform sets what it may and nothing else, and a technician's word on the machine still comes last."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.layers import BadConfiguration, leaf_keys, load
from config.published import CONFIGURATION, platform_settings, read_published
from config.settings import Settings

ALLOWED = {
    "terminal.hall_name_zh", "terminal.hall_name_en", "terminal.hall_phone",
    "platform.queue_limit", "platform.oldest_days", "platform.offline_days",
    "printer.large_print_from_age", "voice.volume_percent",
    "patience.idle_warning_s", "patience.idle_grace_s", "patience.card_s", "patience.done_s",
    "patience.delivery_s", "patience.visit_s", "patience.visit_notice_s",
}  # fmt: skip

PRIVATE = ("key", "token", "url", "file", "dir", "certificate", "port", "library", "driver", "swap", "codes")
"""No setting with such a word in its name is the platform's business."""

SITE = """
[terminal]
id = "LX-0001"
area_code = "330106"
hall_name_zh = "大厅"
hall_name_en = "Hall"
hall_phone = "0571-00001000"
state_dir = "state"
[platform]
url = "https://127.0.0.1:1"
envelope_kid = "k1"
[patience]
card_s = 60
"""


def test_the_list_is_what_a_reader_of_this_file_expects_and_nothing_private_is_on_it() -> None:
    assert set(platform_settings()) == ALLOWED
    assert not [key for key in ALLOWED for word in PRIVATE if word in key.split(".")[1].split("_")]


@pytest.mark.parametrize("key", sorted(leaf_keys().keys() - ALLOWED))
def test_whatever_else_it_says_the_whole_is_refused_with_its_line(key: str) -> None:
    section, _, name = key.rpartition(".")
    head = f"[{section}]\n" if section else ""
    text = f"{head}{name} = 1\n" if section else f"{name} = 1\n[patience]\ncard_s = 60\n"
    line = 2 if section else 1
    with pytest.raises(BadConfiguration, match=rf"^x:{line}: {key}: is set on the machine only"):
        read_published(text, "x")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[patience]\ncard_s = 5", r"x:2: patience.card_s: must be at least 20 when the platform sets it"),
        ("[patience]\ncard_s = 1e9", r"x:2: patience.card_s: must be at most 600 when"),
        ("[patience]\ncard_s = nan", r"x:2: patience.card_s: must be an ordinary number"),
        ("[patience]\n\ncard_s = '60'", r"x:3: patience.card_s: must be a number, without quotes"),
        ('[terminal]\nhall_name_zh = "厅\\u001bm"', r"x:2: terminal.hall_name_zh: must be one line of text"),
        ("[terminal]\nhall_name_zh = ''", r"x:2: terminal.hall_name_zh: must not be empty"),
        ("[platform]\nqueue_limit = 0", r"x:2: platform.queue_limit: must be at least 1"),
        ("[patience]\ncard = 60", r"x:2: patience.card: no such key"),
        ("[patience", r"x:1: is not TOML"),
    ],
)
def test_a_value_that_does_not_hold_is_refused_with_its_line(text: str, why: str) -> None:
    with pytest.raises(BadConfiguration, match=why):
        read_published(text, "x")


def test_bounds_stay_within_what_the_setting_itself_allows() -> None:
    for key, mark in platform_settings().items():
        for bound in (mark.least, mark.most):
            if bound is not None:
                section, name = key.split(".")
                assert read_published(f"[{section}]\n{name} = {bound}\n", "x")[key].value == bound


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_text(SITE)
    return tmp_path / "site.toml"


def taken(site: Path, document: object) -> None:
    path = site.parent / "state" / CONFIGURATION
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document))


def test_the_platforms_word_comes_after_the_technicians_files_and_before_the_command_line(site: Path) -> None:
    taken(
        site,
        {"number": 3, "toml": '[terminal]\nhall_name_zh = "临溪区政务服务中心"\n[patience]\ncard_s = 120\n'},
    )
    loaded = load([site])
    assert loaded.settings.terminal.hall_name_zh == "临溪区政务服务中心"
    assert (loaded.settings.patience.card_s, loaded.provenance["patience.card_s"]) == (120, "platform 3:4")
    typed = load([site], ["patience.card_s=45"])
    assert (typed.settings.patience.card_s, typed.provenance["patience.card_s"]) == (45, "--set")
    assert typed.settings.terminal.hall_name_zh == "临溪区政务服务中心"


@pytest.mark.parametrize(
    "document",
    [
        "", "{", "[]", "null", {}, {"number": 3}, {"number": 3, "toml": 7},
        {"toml": "[patience]\ncard_s = 120"},
        {"number": 3, "toml": "[patience]\ncard_s = 120\n[platform]\nurl = 'https://elsewhere'"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_any_more_counts_as_not_there(site: Path, document: object) -> None:
    taken(site, document)
    assert load([site]).settings == without(site)


def without(site: Path) -> Settings:
    (site.parent / "state" / CONFIGURATION).unlink()
    return load([site]).settings


def test_a_state_directory_of_the_command_line_is_looked_into(site: Path, tmp_path: Path) -> None:
    taken(site, {"number": 3, "toml": "[patience]\ncard_s = 120\n"})
    elsewhere = load([site], [f"terminal.state_dir={tmp_path / 'other'}"])
    assert elsewhere.settings.patience.card_s == 60
