"""Settings in layers: who wins, who said it, and the one line that a mistake gets."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from config.item import Item
from config.layers import DEFAULTS, BadConfiguration, leaf_keys, load
from config.plain import SHAPES
from config.settings import GuideSettings, Settings
from config.toml_lines import key_lines

EXAMPLE = Path(__file__).parents[2] / "deploy" / "terminal.example.toml"
SITE = """[terminal]
id = "LX-HALL-01-T03"
area_code = "330199"
hall_name_zh = "临溪区政务服务中心"
hall_name_en = "Linxi District Government Service Hall"
hall_phone = "0571-00001000"

[platform]
url = "https://platform.linxi.example:8443"
ca_file = "keys/platform_ca.pem"
envelope_kid = "linxi-2026-1"

[id_reader]
driver = "sam_v"
port = "/dev/serial/by-id/reader"

[printer]
driver = "escpos"
port = "/dev/serial/by-id/printer"
baud = 19200

[camera]
source = 0

[[guides]]
staff_no = "0101"
pin_scrypt = "HASH"
""".replace("HASH", f"{'0' * 32}${'0' * 64}")


def site(directory: Path, *changes: tuple[str, str], name: str = "site.toml") -> Path:
    text = SITE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = directory / name
    path.write_text(text, "utf-8")
    return path


def refusal(*files: Path, overrides: tuple[str, ...] = ()) -> str:
    with pytest.raises(BadConfiguration) as caught:
        load(files, overrides)
    line = str(caught.value)
    assert "\n" not in line
    return line.replace(f"{files[0].parent}/", "") if files else line


# ---- who wins, and who said it ----------------------------------------------------------------------------


def test_the_example_site_file_and_the_defaults_make_a_whole_terminal() -> None:
    loaded = load([EXAMPLE])
    assert loaded.settings.terminal.hall_name_zh == "临溪区政务服务中心"
    assert loaded.settings.face.threshold == 0.45
    assert loaded.settings.patience.idle_warning_s == 90
    assert loaded.settings.camera.source == 0


def test_a_later_file_wins_key_by_key_and_an_override_wins_over_all(tmp_path: Path) -> None:
    first = site(tmp_path, ("baud = 19200", "baud = 9600"))
    second = tmp_path / "second.toml"
    second.write_text('[printer]\nprofile = "generic-58"\n[patience]\ncard_s = 30\n')
    loaded = load([first, second], ["patience.card_s=45"])
    assert loaded.settings.printer.baud == 9600
    assert loaded.settings.printer.profile == "generic-58"
    assert loaded.settings.patience.card_s == 45


def test_every_key_says_who_said_it(tmp_path: Path) -> None:
    first, second = site(tmp_path), tmp_path / "second.toml"
    second.write_text('\n[printer]\n# narrow paper\nprofile = "generic-58"\n')
    loaded = load([first, second], ["patience.card_s=45"])
    assert set(loaded.provenance) == set(leaf_keys())
    assert loaded.provenance["printer.profile"] == f"{second}:4"
    assert loaded.provenance["terminal.id"] == f"{first}:2"
    assert loaded.provenance["patience.card_s"] == "--set"
    assert loaded.provenance["patience.done_s"] == "default"
    assert loaded.provenance["items_dir"] == "default"


def test_a_relative_path_is_meant_from_the_file_that_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "elsewhere").mkdir()
    file = site(tmp_path / "etc")
    monkeypatch.chdir(tmp_path / "elsewhere")
    loaded = load([Path("../etc/site.toml")], ["log.file=events.jsonl", "items_dir=mine"])
    assert file.exists()
    assert loaded.settings.platform.ca_file.resolve() == tmp_path / "etc/keys/platform_ca.pem"
    assert loaded.settings.log.file == tmp_path / "elsewhere/events.jsonl"
    assert loaded.settings.items_dir == tmp_path / "elsewhere/mine"
    assert loaded.settings.terminal.state_dir == Path("/var/lib/hall-terminal")


def test_a_file_with_guides_names_all_guides(tmp_path: Path) -> None:
    second = tmp_path / "second.toml"
    second.write_text(f'[[guides]]\nstaff_no = "0202"\npin_scrypt = "{"a" * 32}${"b" * 64}"\n')
    assert [guide.staff_no for guide in load([EXAMPLE, second]).settings.guides] == ["0202"]


@pytest.mark.parametrize(
    ("override", "value"),
    [
        ("camera.source=1", 1),
        ("camera.source=http://127.0.0.1:8000/eyes", "http://127.0.0.1:8000/eyes"),
        ("terminal.hall_phone=12345", "12345"),
        ("terminal.allow_swap=true", True),
        ("id_reader.driver=none", "none"),
        ("terminal.hall_name_en=One = Two", "One = Two"),
    ],
)
def test_an_override_is_read_as_its_key_needs_it(override: str, value: object) -> None:
    section, _, key = override.partition("=")[0].partition(".")
    settings = load([EXAMPLE], [override]).settings
    assert getattr(getattr(settings, section), key) == value


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_bytes(b"\xef\xbb\xbf" + SITE.replace("\n", "\r\n").encode())
    loaded = load([file])
    assert loaded.provenance["terminal.id"] == f"{file}:2"


# ---- what ships -------------------------------------------------------------------------------------------


def test_the_defaults_lack_only_what_the_site_knows() -> None:
    shipped = tomllib.loads(DEFAULTS.read_text("utf-8"))
    said = {f"{section}.{key}" for section, keys in shipped.items() for key in keys}
    assert set(leaf_keys()) - said == {
        "terminal.id", "terminal.area_code", "terminal.hall_name_zh", "terminal.hall_name_en",
        "terminal.hall_phone", "platform.url", "platform.envelope_kid", "id_reader.port", "printer.port",
        "camera.source", "guides", "items_dir", "id_reader.library", "face.photo_library",
        "fingerprint.library", "fingerprint.threshold", "liveness_module.library", "scanner.port",
        "scanner.payment_notice_pattern", "scanner.opaque_pattern", "smart_card.reader", "face.calibration",
        "document_camera.source", "flatbed.device", "terminal.certificate", "catalogue.key",
        "voice.pack",
    }  # fmt: skip


def test_the_face_threshold_that_ships_is_conservative_and_says_what_it_rests_on() -> None:
    text = DEFAULTS.read_text("utf-8")
    assert tomllib.loads(text)["face"]["threshold"] <= 0.45
    assert "conservative" in text


def test_the_example_s_guide_can_verify_nobody() -> None:
    (guide,) = load([EXAMPLE]).settings.guides
    assert set(guide.pin_scrypt) == {"0", "$"}
    assert "pin_scrypt" not in repr(guide)


# ---- mistakes ---------------------------------------------------------------------------------------------

MISTAKES: list[tuple[tuple[str, str], str]] = [
    (
        ("[camera]", "[patience]\nidle_grace_s = 10\n[camera]"),
        "site.toml:23: patience.idle_grace_s: must be at least 20 (it says 10)",
    ),
    (
        ("[camera]", "[face]\nthreshold = 0.6\n[camera]"),
        (
            "site.toml:23: face.threshold: must be at most 0.5 (it says 0.6) without a calibration that "
            "proves it; see python main.py face calibrate"
        ),
    ),
    (
        ("[camera]", '[face]\nthreshold = "0.4"\n[camera]'),
        "site.toml:23: face.threshold: must be a number, without quotes",
    ),
    (
        ("[camera]", "[patience]\ncard_s = inf\n[camera]"),
        "site.toml:23: patience.card_s: must be an ordinary number (it says inf)",
    ),
    (
        ("[camera]", "[face]\ntreshold = 0.4\n[camera]"),
        'site.toml:23: face.treshold: no such key in [face]; did you mean "threshold"?',
    ),
    (
        ("[camera]\nsource = 0", "[camera]\nthreshold = 0.4"),
        'site.toml:23: camera.threshold: no such key in [camera]; "threshold" belongs in [face]',
    ),
    (("[camera]", "[camra]"), 'site.toml:22: camra: no such section; did you mean "camera"?'),
    (
        ("[terminal]\n", "face = 1\n[terminal]\n"),
        "site.toml:1: face: is a section: write [face] and its keys beneath",
    ),
    (
        ('area_code = "330199"', 'area_code = "3301"'),
        "site.toml:3: terminal.area_code: must be six digits",
    ),
    (
        ('area_code = "330199"', "area_code = 330199"),
        "site.toml:3: terminal.area_code: must be text; put it in quotes (it says 330199)",
    ),
    (('hall_phone = "0571-00001000"', ""), "site.toml: terminal.hall_phone: is missing"),
    (
        ('driver = "sam_v"', 'driver = "samv"'),
        "site.toml:14: id_reader.driver: must be 'sam_v', 'sdt' or 'none'; did you mean \"sam_v\"?",
    ),
    (
        ("baud = 19200", "baud = 4800"),
        "site.toml:20: printer.baud: must be 115200, 57600, 38400, 19200 or 9600 (it says 4800)",
    ),
    (
        ("https://platform.linxi.example:8443", "http://platform.linxi.example"),
        "site.toml:9: platform.url: must be https:// and a host, with a port if need be, and no path",
    ),
    (('"keys/platform_ca.pem"', '""'), "site.toml:10: platform.ca_file: must not be empty"),
    (
        ('"keys/platform_ca.pem"', "7"),
        "site.toml:10: platform.ca_file: must be text; put it in quotes (it says 7)",
    ),
    (
        ('staff_no = "0101"', 'staff_no = "101"'),
        "site.toml:26: guides.1.staff_no: must be four digits",
    ),
    (
        ('staff_no = "0101"', 'staff_number = "0101"'),
        'site.toml:26: guides.1.staff_number: no such key; did you mean "staff_no"?',
    ),
    (
        ('staff_no = "0101"', ""),
        "site.toml:25: guides.1.staff_no: is missing",
    ),
    (("[camera]", "[camera"), "site.toml:22: is not TOML: Expected ']' at the end of a table declaration"),
    (("[camera]", '[camera]\nsource = "a'), "site.toml:23: is not TOML: Illegal character '\\n'"),
    (("source = 0", "source = 0\nsource = 1"), "site.toml:24: is not TOML: Cannot overwrite a value"),
    (("source = 0", "source ="), "site.toml:23: is not TOML: Invalid value"),
]


@pytest.mark.parametrize(("change", "line"), MISTAKES, ids=[line for _change, line in MISTAKES])
def test_a_mistake_gets_one_line_with_file_line_key_and_reason(
    tmp_path: Path, change: tuple[str, str], line: str
) -> None:
    text = SITE.replace(*change)
    assert text != SITE
    (tmp_path / "site.toml").write_text(text, "utf-8")
    assert refusal(tmp_path / "site.toml") == line


def test_a_secret_is_never_quoted_in_a_complaint(tmp_path: Path) -> None:
    file = site(tmp_path, ("$0000", "$tooshort-secret"))
    line = refusal(file)
    assert "secret" not in line
    assert line.endswith("guides.1.pin_scrypt: must be 32 hexadecimal digits, a dollar sign and 64 more")


def test_a_misspelt_key_is_named_before_the_key_that_is_therefore_missing(tmp_path: Path) -> None:
    line = refusal(site(tmp_path, ("envelope_kid", "envelope_kidd")))
    assert 'envelope_kidd: no such key in [platform]; did you mean "envelope_kid"?' in line


def test_a_file_saved_as_gbk_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    ascii_head = "# one\n# two\n"
    file.write_bytes((ascii_head + SITE).encode("gb18030"))
    first_chinese = next(n for n, line in enumerate((ascii_head + SITE).split("\n"), 1) if not line.isascii())
    assert refusal(file) == f"site.toml:{first_chinese}: is not UTF-8 text; save the file as UTF-8"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "site.toml") == "site.toml: cannot be read: No such file or directory"


def test_without_a_site_file_the_terminal_says_that_one_is_missing() -> None:
    assert refusal() == "no site file: terminal.id: is missing"


def test_the_file_that_said_it_is_blamed_not_the_last_one(tmp_path: Path) -> None:
    first = site(tmp_path, ("baud = 19200", "baud = 1"))
    second = tmp_path / "second.toml"
    second.write_text("[patience]\ncard_s = 30\n")
    assert refusal(first, second).startswith("site.toml:20: printer.baud: ")


@pytest.mark.parametrize(
    ("override", "line"),
    [
        ("patience.card_s", "--set: patience.card_s: is not section.key=value"),
        ("patience.cards_s=1", '--set: patience.cards_s: no such key; did you mean "patience.card_s"?'),
        ("patience.card_s=-1", "--set: patience.card_s: must be more than 0 (it says -1)"),
        ("patience.card_s=soon", "--set: patience.card_s: must be a number, without quotes"),
        ("log.file=", "--set: log.file: must not be empty"),
    ],
)
def test_a_bad_override_is_named_as_what_was_typed(override: str, line: str) -> None:
    assert refusal(EXAMPLE, overrides=(override,)) == line


def test_a_driver_without_a_port_is_named_where_the_driver_is_said(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text("\n".join(line for line in SITE.split("\n") if not line.startswith("port = ")))
    expected = 'id_reader.port: driver "sam_v" needs a port: name its device file'
    assert refusal(file) == f"site.toml:14: {expected}"


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        (["id_reader.driver=sdt"], 'id_reader.library: driver "sdt" needs a library: name its file'),
        (
            ["face.photo_decoder=vendor"],
            'face.photo_library: photo_decoder "vendor" needs a library: name its file',
        ),
        (
            ["fingerprint.driver=vendor"],
            'fingerprint.library: driver "vendor" needs a library: name its file',
        ),
        (
            ["fingerprint.driver=vendor", "fingerprint.library=/usr/lib/libfp.so"],
            'fingerprint.threshold: driver "vendor" needs a threshold: see its manual',
        ),
        (
            ["liveness_module.driver=vendor"],
            'liveness_module.library: driver "vendor" needs a library: name its file',
        ),
    ],
)
def test_a_vendors_module_without_what_it_needs_is_named(said: list[str], missing: str) -> None:
    assert refusal(EXAMPLE, overrides=tuple(said)) == f"--set: {missing}"


def test_two_guides_with_one_number_are_refused(tmp_path: Path) -> None:
    block = SITE[SITE.index("[[guides]]") :]
    file = tmp_path / "site.toml"
    file.write_text(SITE + block, "utf-8")
    assert refusal(file).endswith(": guides.2.staff_no: 0101 is listed twice")
    assert refusal(file).startswith(f"site.toml:{SITE.count(chr(10)) + 2}: ")


def test_every_pattern_of_settings_and_items_is_said_in_words() -> None:
    def patterns(schema: Any) -> set[str]:
        if isinstance(schema, dict):
            own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
            return own.union(*map(patterns, schema.values()))
        return set[str]().union(*map(patterns, schema)) if isinstance(schema, list) else set()

    models: tuple[type[BaseModel], ...] = (Settings, GuideSettings, Item)
    found = set[str]().union(*(patterns(model.model_json_schema()) for model in models))
    assert found == set(SHAPES)


# ---- lines in TOML ----------------------------------------------------------------------------------------


def test_lines_are_exact_beside_strings_and_comments_that_look_like_toml() -> None:
    text = 'x = """\n[a]\nkey = 1\n"""\n# key = 2\n[a]\nb = [\n  1,\n]\n\n"key" = 3 # [b]\n'
    text += '[ c . "d" ]\ne.f = 1\n'
    lines = key_lines(text)
    assert lines["x",] == 1
    assert lines["a",] == 6
    assert lines["a", "b"] == 7
    assert lines["a", "key"] == 11
    assert lines["c", "d", "e", "f"] == 13
    assert ("key",) not in lines


names = st.from_regex(r"[a-z]{1,4}", fullmatch=True)
values = st.sampled_from(["1", '"text"', '"""\ntwo\nlines"""', "[\n 1,\n 2\n]", "true", "'# [x]'"])
gap = st.sampled_from(["", "\n", "# k = 1\n", "\n\n"])


@given(st.dictionaries(names, st.dictionaries(names, st.tuples(values, gap), max_size=4), max_size=4))
def test_every_key_of_any_file_is_found_in_its_line(tables: dict[str, dict[str, tuple[str, str]]]) -> None:
    text = ""
    expected: dict[tuple[str, ...], int] = {}
    for table, keys in tables.items():
        expected[table,] = text.count("\n") + 1
        text += f"[{table}]\n"
        for key, (value, space) in keys.items():
            text += space
            expected[table, key] = text.count("\n") + 1
            text += f"{key} = {value}\n"
    found = key_lines(text)
    assert {loc: found[loc] for loc in expected} == expected
