"""What `python main.py catalogue …` does: keys, bundles made and looked into, the running terminal asked."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from config.bundle import BadBundle, opened, packed, read_key, read_signing_key
from config.catalogue import SOURCES, load_catalogue
from config.layers import BadConfiguration, load
from config.lint.catalogue import errors_in
from config.plain import BadFile
from kiosk.terminal.control import NoTerminal, ask

EXIT_REFUSED_BUNDLE, EXIT_UNUSABLE = 1, 2
APPLY_S = 120.0
"""Checking and compiling some thousand matters, on a slow terminal."""


def make_keys(directory: Path) -> None:
    """Write a new pair; never over an old one."""
    private, public = directory / "catalogue.key", directory / "catalogue.pem"
    key = Ed25519PrivateKey.generate()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    except FileExistsError:
        _end(EXIT_UNUSABLE, f"{private}: is there already; a key is not written over")
    except OSError as error:
        _end(EXIT_UNUSABLE, f"{error.filename or directory}: {error.strerror}")
    typer.echo(f"Signs bundles, keep it here: {private}\nFor terminals (catalogue.key):  {public}")


def make_bundle(directory: Path, key: Path, version: int, area_code: str, output: Path) -> None:
    """Check the sources as a terminal would, then sign them."""
    try:
        signing = read_signing_key(key)
        catalogue = load_catalogue(directory, str(version))
        if wrong := errors_in(directory):
            _end(EXIT_REFUSED_BUNDLE, "\n".join(wrong))
        files = {
            path.relative_to(directory).as_posix(): path.read_bytes()
            for source in SOURCES
            for path in sorted((directory / source).rglob("*.yaml"))
        }
        output.write_bytes(packed(files, version, area_code, datetime.now(UTC), signing))
    except BadFile as bad:
        _end(EXIT_UNUSABLE, str(bad))
    except BadBundle as bad:
        _end(EXIT_UNUSABLE, f"{directory}: {bad}")
    except OSError as error:
        _end(EXIT_UNUSABLE, f"{error.filename or output}: {error.strerror}")
    typer.echo(f"{output}: version {version}, {len(catalogue.items)} matters, {len(files)} files, signed")


def verify_bundle(file: Path, key: Path, *, as_json: bool) -> None:
    """Say what a bundle is, or why it is none."""
    try:
        bundle = opened(file, read_key(key))
    except BadFile as bad:
        _end(EXIT_UNUSABLE, str(bad), as_json=as_json)
    except BadBundle as bad:
        _end(EXIT_REFUSED_BUNDLE, f"{file}: {bad}", as_json=as_json)
    said = bundle.manifest
    if as_json:
        typer.echo(said.model_dump_json(exclude={"files"})[:-1] + f', "files": {len(said.files)}' + "}")
    else:
        made = f"{said.made_at:%Y-%m-%d %H:%M %Z}"
        typer.echo(f"{file}: whole and signed; version {said.version} for {said.area_code}, made {made}")
        for name, entry in said.files.items():
            typer.echo(f"  {entry.bytes:>8}  {entry.sha256[:16]}  {name}")


def apply_bundle(file: Path, config: list[Path] | None, overrides: list[str] | None) -> None:
    """Ask the running terminal to take it."""
    try:
        settings = load(config or [], overrides or []).settings
        answer = ask(settings.terminal.runtime_dir, "catalogue-apply", APPLY_S, file=str(file.resolve()))
    except (BadConfiguration, NoTerminal) as error:
        _end(EXIT_UNUSABLE, str(error))
    if "error" in answer:
        _end(EXIT_REFUSED_BUNDLE, answer["error"])
    typer.echo(f"version {answer['applied']} is in use; whoever is being served ends with the one before")


def _end(status: int, line: str, *, as_json: bool = False) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": line}, ensure_ascii=False))
    else:
        typer.echo(line, err=True)
    raise typer.Exit(status)
