"""What the province types: publish, withdraw, look; and the one line about what is in the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from central_platform.downstream import DOWNSTREAM, publications
from central_platform.publishing import publish_configuration
from commands.catalogue_show import show
from commands.platform_publish import publish, published, withdraw_all
from config.bundle import fingerprint, packed
from config.published import CONFIGURATION
from kiosk.terminal.downstream_book import Book
from kiosk.terminal.takers import REVOCATIONS
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import TERMINAL, envelope_kid

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOW = datetime(2027, 1, 1, tzinfo=UTC)
STRANGER = "manifest.json: not signed with the key of this terminal's catalogue"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    made(tmp_path / "platform")
    return tmp_path / "platform"


def bundle(folder: Path, version: int, area: str = "330199") -> Path:
    path = folder / f"{version}.catalogue"
    path.write_bytes(packed({"items/x.yaml": b"id: x\n"}, version, area, NOW, KEY))
    return path


def settings(folder: Path, text: str = "[patience]\ncard_s = 120\n") -> Path:
    path = folder / "province.toml"
    path.write_text(text)
    return path


def test_each_publication_gets_its_number_and_says_for_whom(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(directory, bundle(tmp_path, 7), None, None, None)
    publish(directory, None, settings(tmp_path), None, None)
    publish(directory, None, settings(tmp_path, "[patience]\ncard_s = 60\n"), "330106", None)
    publish(directory, None, settings(tmp_path, "[patience]\ncard_s = 90\n"), None, TERMINAL)
    withdraw_all(directory, ["envelope-19990101"], [3], [], ["id_card_renewal@3"])
    said = [line.split(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert said == [
        "catalogue 7 for area 330199",
        "configuration 1 for everybody",
        "configuration 2 for area 330106",
        f"configuration 3 for {TERMINAL}",
        "revocations 1 for everybody",
    ]
    published(directory)
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == said


def test_whoever_publishes_at_the_same_time_gets_a_number_of_their_own(
    directory: Path, tmp_path: Path
) -> None:
    files = []
    for card_s in (60, 70, 80, 90):
        (tmp_path / f"{card_s}.toml").write_text(f"[patience]\ncard_s = {card_s}\n")
        files.append(tmp_path / f"{card_s}.toml")
    with ThreadPoolExecutor(4) as people:
        said = people.map(lambda file: publish_configuration(directory, file, None, None, NOW).number, files)
    assert sorted(said) == [1, 2, 3, 4]
    assert [each.number for each in publications(directory / DOWNSTREAM)] == [1, 2, 3, 4]


def test_what_is_withdrawn_stays_withdrawn(directory: Path, tmp_path: Path) -> None:
    pem = tmp_path / "signer.pem"
    pem.write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    withdraw_all(directory, [], [3], [], ["id_card_renewal@3"])
    withdraw_all(directory, ["envelope-19990101"], [3, 4], [pem], [])
    last = publications(directory / DOWNSTREAM)[-1]
    said = json.loads((directory / DOWNSTREAM / last.sha256).read_bytes())
    assert (said["number"], said["bundles"]) == (2, [3, 4])
    assert said["matters"] == [{"item": "id_card_renewal", "version": "3"}]
    assert said["signers"] == [fingerprint(KEY.public_key())]


def test_what_cannot_be_published_is_one_line_and_changes_nothing(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(directory, bundle(tmp_path, 7), None, None, None)
    withdraw_all(directory, [], [3], [], [])
    before = publications(directory / DOWNSTREAM)
    bad = settings(tmp_path, '[platform]\nurl = "https://elsewhere"\n')
    private = tmp_path / "private.pem"
    private.write_text("-----BEGIN PRIVATE KEY-----\n")
    tries: list[tuple[Callable[[], None], str]] = [
        (lambda: publish(directory, None, None, None, None), "--catalogue or --configuration: one of them"),
        (lambda: publish(directory, bundle(tmp_path, 7), None, None, None), "version 7 is published"),
        (lambda: publish(directory, bundle(tmp_path, 8), None, "330199", None), "names its area itself"),
        (lambda: publish(directory, bad, None, None, None), "is no catalogue bundle"),
        (
            lambda: publish(directory, None, bad, None, None),
            "toml:2: platform.url: is set on the machine only",
        ),
        (
            lambda: publish(directory, None, settings(tmp_path), None, "LX-9999"),
            "no terminal of this platform",
        ),
        (lambda: publish(directory, None, settings(tmp_path), "33", None), "$.area_code: pattern"),
        (lambda: publish(directory, None, tmp_path / "none", None, None), "none: cannot be read"),
        (lambda: publish(tmp_path / "none", None, settings(tmp_path), None, None), "No such file"),
        (lambda: withdraw_all(directory, [], [3], [], []), "nothing that is not withdrawn already"),
        (lambda: withdraw_all(directory, [], [], [], ["id_card"]), "write id@version"),
        (lambda: withdraw_all(directory, [], [], [private], []), "is no public Ed25519 key"),
        (lambda: withdraw_all(directory, [envelope_kid(directory / "terminal")], [], [], []), "rotate first"),
    ]
    for attempt, line in tries:
        with pytest.raises(typer.Exit) as ended:
            attempt()
        said = capsys.readouterr().err
        assert ended.value.exit_code == 2
        assert said.count("\n") == 1
        assert line in said
    assert publications(directory / DOWNSTREAM) == before


def test_a_technician_sees_what_came_and_what_was_refused_and_why(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(directory, None, settings(tmp_path), None, None)
    withdraw_all(directory, [], [3], [], ["id_card_renewal@3"])
    state = tmp_path / "state"
    (state / "downstream").mkdir(parents=True)
    for entry, path in zip(publications(directory / DOWNSTREAM), (CONFIGURATION, REVOCATIONS), strict=True):
        (state / path).write_bytes((directory / DOWNSTREAM / entry.sha256).read_bytes())
    book = Book(state, lambda: NOW)
    book.take("configuration", 1)
    book.take("revocations", 1)
    book.refuse("catalogue", 9, STRANGER)
    site = tmp_path / "site.toml"
    site.write_text(
        '[terminal]\narea_code = "330106"\nhall_name_zh = "厅"\nhall_name_en = "Hall"\n'
        f'hall_phone = "0571-00001000"\nstate_dir = "{state}"\n'
    )
    files = [directory / "terminal" / "platform.toml", site]
    capsys.readouterr()
    show(files, None, as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "catalogue in use: shipped",
        "revocations: 1 from the platform, in force since 2027-01-01T00:00:00+00:00",
        "configuration: 1 from the platform, in force since 2027-01-01T00:00:00+00:00",
        "catalogue: none from the platform",
        f"catalogue: 9 refused at 2027-01-01T00:00:00+00:00: {STRANGER}",
        "withdrawn  bundles: 3",
        "withdrawn  matters: id_card_renewal@3",
        "set        patience.card_s  (platform 1:2)",
    ]
    show(files, None, as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert said["settings"] == {"patience.card_s": "platform 1:2"}
    assert said["downstream"]["catalogue"]["refused"]["number"] == 9
    with pytest.raises(typer.Exit):
        show([tmp_path / "none.toml"], None, as_json=False)
