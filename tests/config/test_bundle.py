"""A catalogue bundle: what was signed is what is read, and nothing else is ever believed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from config.bundle import DOMAIN, MANIFEST, SIGNATURE, BadBundle, opened, packed

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FILES = {"items/one.yaml": b"id: one\n", "district/windows.yaml": "name: 临溪区\n".encode()}


def bundle(files: Mapping[str, bytes] = FILES, version: int = 7) -> bytes:
    return packed(files, version, "330199", MADE, KEY)


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    container = io.BytesIO()
    with zipfile.ZipFile(container, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return container.getvalue()


def refusal(tmp_path: Path, data: bytes) -> str:
    (tmp_path / "x.catalogue").write_bytes(data)
    with pytest.raises(BadBundle) as refused:
        opened(tmp_path / "x.catalogue", KEY.public_key())
    return str(refused.value)


def test_what_was_signed_is_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.catalogue").write_bytes(bundle())
    read = opened(tmp_path / "a.catalogue", KEY.public_key())
    assert read.files == FILES
    assert (read.manifest.version, read.manifest.area_code, read.manifest.made_at) == (7, "330199", MADE)


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    assert bundle() == bundle(dict(reversed(FILES.items())))


def resigned(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A bundle changed by somebody with the key: only the manifest's own rules are left to catch it."""
    files = entries(bundle())
    change(files)
    return zipped({**files, SIGNATURE: KEY.sign(DOMAIN + files[MANIFEST])})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda files: files.pop(MANIFEST), "has no manifest.json"),
        (lambda files: files.pop(SIGNATURE), "has no manifest.sig"),
        (lambda files: files.pop("items/one.yaml"), "items/one.yaml: is missing"),
        (lambda files: files.update({"items/one.yaml": b"id: two\n"}), "items/one.yaml: is not the file"),
        (
            lambda files: files.update({"items/one.yaml": b"id: one, longer\n"}),
            "not as long as manifest.json",
        ),
        (lambda files: files.update({"items/more.yaml": b"id: more\n"}), "items/more.yaml: is not named"),
        (lambda files: files.update({MANIFEST: files[MANIFEST].replace(b"330199", b"330106")}), "not signed"),
        (lambda files: files.update({SIGNATURE: bytes(64)}), "not signed"),
    ],
)
def test_a_bundle_that_was_touched_is_refused_with_the_reason(
    tmp_path: Path, change: Callable[[dict[str, bytes]], None], reason: str
) -> None:
    files = entries(bundle())
    change(files)
    assert reason in refusal(tmp_path, zipped(files))


@pytest.mark.parametrize("name", ["../../etc/passwd.yaml", "/etc/x.yaml", "items/../../x.yaml", "items/x.so"])
def test_a_name_that_leads_out_of_the_catalogue_is_refused_even_if_signed(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadBundle, match="must be small letters"):
        bundle({name: b"x: y\n"})

    def rename(files: dict[str, bytes]) -> None:
        files[MANIFEST] = files[MANIFEST].replace(b"items/one.yaml", name.encode())
        files[name] = files.pop("items/one.yaml")

    assert "must be small letters" in refusal(tmp_path, resigned(rename))


def test_another_key_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "a.catalogue").write_bytes(bundle())
    with pytest.raises(BadBundle, match=r"not signed with the key of this terminal's catalogue"):
        opened(tmp_path / "a.catalogue", Ed25519PrivateKey.generate().public_key())


@settings(max_examples=300, deadline=None)
@given(position=st.integers(min_value=0), to=st.integers(min_value=0, max_value=255))
def test_a_changed_byte_is_refused_or_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, position: int, to: int
) -> None:
    data = bytearray(bundle())
    data[position % len(data)] = to
    path = tmp_path_factory.getbasetemp() / "mutated.catalogue"
    path.write_bytes(data)
    try:
        read = opened(path, KEY.public_key())
    except BadBundle:
        return
    assert read.files == FILES


def test_a_bundle_cut_anywhere_is_refused(tmp_path: Path) -> None:
    data = bundle()
    for length in range(0, len(data) - 1, 7):
        refusal(tmp_path, data[:length])
