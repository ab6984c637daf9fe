"""What the province publishes to terminals: catalogues, configuration, revocations; each by its hash.

`<directory>/downstream/` has every publication's bytes in a file of its SHA-256's name, and `index.json`,
which says what each one is, its number and for whom. Nothing is ever taken out. A running platform reads the
index each time it is asked, so a publication counts at once. What became of it on terminals is in `reports/`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Literal, get_args

from central_platform.contract import Refusal, canonical, parse
from central_platform.opening import Keyring
from central_platform.safe_files import replace_file

DOWNSTREAM = "downstream"
INDEX = "index.json"
REPORTS = "reports"

PIECE_BYTES = 1024 * 1024
"""The most that one answer has of a publication."""

_MODE = 0o644

Kind = Literal["revocations", "configuration", "catalogue"]


@dataclass(frozen=True)
class Published:
    """One publication; `area_code` and `terminal` say for whom, None for everybody."""

    kind: Kind
    number: int
    sha256: str
    bytes: int
    area_code: str | None
    terminal: str | None
    at: str

    def is_for(self, terminal: str, area_code: str) -> bool:
        """Whether this terminal in this area is meant."""
        return self.terminal in {None, terminal} and self.area_code in {None, area_code}


def publications(folder: Path | None) -> list[Published]:
    """Everything that was ever published, in its order."""
    try:
        index = [] if folder is None else json.loads((folder / INDEX).read_bytes())
    except FileNotFoundError:
        return []
    return [Published(**entry) for entry in index]


def add(folder: Path, content: bytes, entry: Published) -> None:
    """Publish: first the bytes, then the index that names them. Raises `OSError`."""
    folder.mkdir(mode=0o700, exist_ok=True)
    index = [asdict(each) for each in (*publications(folder), entry)]
    replace_file(folder / entry.sha256, content, _MODE)
    replace_file(folder / INDEX, json.dumps(index, indent=1).encode(), _MODE)


class Downstream:
    """Answers terminals. `folder` None: this platform publishes nothing."""

    def __init__(self, keyring: Keyring, folder: Path | None) -> None:
        self._keyring = keyring
        self._folder = folder
        self._reporting = Lock()
        self._read: tuple[tuple[int, int], list[Published]] = ((0, 0), [])

    def published(self) -> int:
        """How much was ever published: another number tells terminals to ask."""
        return len(self._everything())

    def listed(self, terminal: str, signature: str, area_code: str, nonce: str) -> bytes:
        """What is current for this terminal: of each kind the highest number. Raises `Refusal`."""
        self._keyring.refuse_strangers(terminal, signature, f"downstream:{area_code}:{nonce}".encode())
        everything = self._everything()
        current = [
            max(meant, key=lambda each: each.number)
            for kind in get_args(Kind)
            if (
                meant := [
                    each for each in everything if each.kind == kind and each.is_for(terminal, area_code)
                ]
            )
        ]
        fields: dict[str, Any] = {
            "v": 1,
            "kind": "downstream",
            "nonce": nonce,
            "terminal": terminal,
            "published": len(everything),
            "current": [
                {"kind": each.kind, "number": each.number, "sha256": each.sha256, "bytes": each.bytes}
                for each in current
            ],
        }
        return canonical(self._keyring.signed(fields))

    def piece(self, terminal: str, signature: str, sha256: str, offset: int, length: int) -> bytes:
        """Some bytes of a publication, from `offset`; fewer at its end. Raises `Refusal`."""
        self._keyring.refuse_strangers(terminal, signature, f"{sha256}:{offset}:{length}".encode())
        listed = {each.sha256: each for each in self._everything()}
        if self._folder is None or sha256 not in listed:
            raise Refusal("not_published", "nothing of this hash is published")
        with (self._folder / sha256).open("rb") as file:
            file.seek(min(offset, listed[sha256].bytes))
            return file.read(length)

    def take_report(self, terminal: str, signature: str, body: bytes) -> bytes:
        """Keep what became of it on a terminal, in place of its last report. Raises `Refusal`."""
        self._keyring.refuse_strangers(terminal, signature, body)
        report = parse("downstream-report", body, "bad_report")
        if report["terminal"] != terminal:
            raise Refusal("bad_report", "the report names another terminal")
        if self._folder is not None:
            try:
                # A terminal whose line broke says it again while its first word is still being written.
                with self._reporting:
                    (self._folder / REPORTS).mkdir(mode=0o700, parents=True, exist_ok=True)
                    replace_file(self._folder / REPORTS / f"{terminal}.json", canonical(report), _MODE)
            except OSError:
                raise Refusal("storage", "the platform cannot store anything now") from None
        return canonical(report)

    def _everything(self) -> list[Published]:
        """Read the index, if it is another one than last time: every terminal's every status asks."""
        try:
            index = None if self._folder is None else (self._folder / INDEX).stat()
        except FileNotFoundError:
            index = None
        if index is None:
            return []
        state = index.st_mtime_ns, index.st_ino
        if self._read[0] != state:
            self._read = state, publications(self._folder)
        return self._read[1]


def reports(folder: Path) -> list[dict[str, Any]]:
    """The last report of every terminal that has sent one."""
    return [json.loads(path.read_bytes()) for path in sorted((folder / REPORTS).glob("*.json"))]
