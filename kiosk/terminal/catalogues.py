"""The catalogue's versions on this terminal: the one in use, and the one before it to fall back on.

`state_dir/catalogue/` holds a directory for each version, its sources and the compiled file beside them;
`current` and `before` are links to two of them. A version is made whole under another name, brought to the
disk, and only then named; a link is replaced by renaming. So at any moment, after any power cut, `current` is
a whole catalogue or is not there, and then the shipped one is used.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.bundle import BadBundle, Bundle, opened
from config.catalogue import COMPILED, SHIPPED, SHIPPED_VERSION, compile_into, load_catalogue
from config.plain import BadFile
from offline_queue.durable_file import sync_directory

CATALOGUE: Final = "catalogue"
_CURRENT, _BEFORE, _NEW = "current", "before", ".new"
_NUMBER = re.compile(r"[1-9][0-9]*")

Linter = Callable[[Path], Sequence[str]]
"""What is wrong with the sources in a directory, a line each; empty for a catalogue that may be used."""


class NotApplied(Exception):
    """The bundle is not used, and nothing has changed; `str()` is one line a reason."""


class NoRoom(NotApplied):
    """The disk does not take it now; another time it may."""


@dataclass(frozen=True)
class Version:
    """One version on the disk, compiled for sessions to open."""

    name: str
    """The bundle's number, or "shipped"."""
    compiled: Path

    @property
    def number(self) -> int:
        """What a newer bundle's must be above."""
        return 0 if self.name == SHIPPED_VERSION else int(self.name)


class Catalogues:
    """The versions beneath `state_dir`. One process at a time: whoever holds the terminal's lock.

    `items_dir` has the matters of a hall that uses no bundles, in place of the shipped ones.
    """

    def __init__(self, state_dir: Path, items_dir: Path | None) -> None:
        self._root = state_dir / CATALOGUE
        self._items_dir = items_dir
        self._shipped = Version(SHIPPED_VERSION, self._root / f"{SHIPPED_VERSION}.json")

    def prepare_shipped(self) -> None:
        """Compile the shipped catalogue, or the hall's own directory. Raises `config.plain.BadFile`."""
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_directory(self._root.parent)
        compile_into(load_catalogue(SHIPPED, SHIPPED_VERSION, self._items_dir), self.shipped.compiled)

    def prepare(self) -> Version:
        """Compile what is in use anew, for this version of the product.

        An update of the product may refuse what an older one took: then it raises `config.plain.BadFile`.
        """
        version = self.current
        if version is not self.shipped:
            compile_into(load_catalogue(version.compiled.parent, version.name), version.compiled)
        return version

    @property
    def shipped(self) -> Version:
        """What came with the product, or the hall's own directory."""
        return self._shipped

    @property
    def current(self) -> Version:
        """The version in use."""
        return self._linked(_CURRENT)

    @property
    def before(self) -> Version:
        """The version that `roll_back` goes back to."""
        return self._linked(_BEFORE)

    def stage(self, file: Path, key: Ed25519PublicKey, area_code: str, linter: Linter) -> Version:
        """Verify, unpack, lint and compile a bundle; it is not in use yet. Raises `NotApplied`."""
        try:
            bundle = opened(file, key)
        except BadBundle as bad:
            raise NotApplied(f"{file}: {bad}") from None
        self._refuse_unfit(file, bundle, area_code)
        self._root.mkdir(mode=0o700, exist_ok=True)
        sync_directory(self._root.parent)
        self._sweep()
        new = self._root / f"{_NEW}-{bundle.manifest.version}"
        try:
            _unpack(bundle, new)
            wrong = linter(new)
            if wrong:
                raise NotApplied("\n".join(line.replace(f"{new}/", "") for line in wrong))
            compile_into(load_catalogue(new, str(bundle.manifest.version)), new / COMPILED)
            sync_directory(new)
        except BadFile as bad:
            raise NotApplied(str(bad).replace(f"{new}/", "")) from None
        except OSError as error:
            raise NoRoom(f"{self._root}: {error.strerror}") from None
        whole = self._root / str(bundle.manifest.version)
        new.rename(whole)
        sync_directory(self._root)
        return Version(whole.name, whole / COMPILED)

    def use(self, version: Version) -> None:
        """Make `version` the current one, for every session that starts from now on."""
        self._link(_BEFORE, self.current)
        self._link(_CURRENT, version)
        self._sweep()

    def roll_back(self) -> Version:
        """Go back to the version before, and give it."""
        before = self.before
        self._link(_CURRENT, before)
        return before

    def withdraw(self, numbers: Collection[int]) -> Version:
        """Have none of these numbers in use any more: go back to the one before, or to the shipped one."""
        if self.current.number in numbers:
            self._link(_CURRENT, self._shipped if self.before.number in numbers else self.before)
            self._link(_BEFORE, self._shipped)
        elif self.before.number in numbers:
            self._link(_BEFORE, self._shipped)
        return self.current

    def _refuse_unfit(self, file: Path, bundle: Bundle, area_code: str) -> None:
        said, current = bundle.manifest, self.current
        if said.area_code != area_code:
            raise NotApplied(f"{file}: is for area {said.area_code}; this terminal stands in {area_code}")
        if said.version <= current.number:
            raise NotApplied(f"{file}: is version {said.version}; version {current.name} is in use")

    def _linked(self, name: str) -> Version:
        try:
            number = str((self._root / name).readlink())
        except OSError:
            return self._shipped
        compiled = self._root / number / COMPILED
        return (
            Version(number, compiled) if _NUMBER.fullmatch(number) and compiled.is_file() else self._shipped
        )

    def _link(self, name: str, version: Version) -> None:
        link, fresh = self._root / name, self._root / f"{_NEW}-link"
        fresh.unlink(missing_ok=True)
        if version == self._shipped:
            link.unlink(missing_ok=True)
        else:
            fresh.symlink_to(version.name)
            fresh.replace(link)
        sync_directory(self._root)

    def _sweep(self) -> None:
        """Remove what is neither current nor before: what a power cut left, and older versions."""
        kept = {self.current.name, self.before.name}
        for entry in self._root.iterdir():
            if entry.is_dir() and not entry.is_symlink() and entry.name not in kept:
                shutil.rmtree(entry, ignore_errors=True)


def _unpack(bundle: Bundle, directory: Path) -> None:
    folders = {directory}
    for name, data in bundle.files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        folders |= {parent for parent in path.parents if parent.is_relative_to(directory)}
    for folder in folders:
        sync_directory(folder)
