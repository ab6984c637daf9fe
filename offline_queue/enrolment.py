"""Enrolment: this machine makes its keys, proves them, and becomes a terminal, all at once or not at all.

```
DIR/enrolment-<8 digits>/   keys and certificates of one invitation, before and after it is answered
DIR/platform.toml           the layer of settings that names them: written last, in one stroke
```

Private keys are made here and stay here. Whatever interrupts it, the same code goes on with the same keys, so
the platform's answer is the same; until `platform.toml` names them, a terminal uses what it had, or nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from config.envelope_keys import read_envelope_key
from offline_queue.client_keys import is_for, key_pem, new_client_key, signing_request
from offline_queue.contract_files import canonical
from offline_queue.durable_file import replace_file, sync_directory
from offline_queue.enrolment_wire import EnrolmentFailed, EnrolmentWire
from offline_queue.failures import SigningFailed, UnreadableFile
from offline_queue.invitation import BadCode, Invitation, read_invitation
from offline_queue.signing import PlatformWord, TerminalKey, read_private
from offline_queue.statement_chain import Witness
from offline_queue.token_key import TokenSigner

LAYER = "platform.toml"
_PROVED = b"hall-terminal enrolment 1\n"


@dataclass(frozen=True)
class Enrolled:
    """This machine is a terminal; `layer` is the file with its settings."""

    terminal: str
    layer: Path
    unconfirmed: str
    """Why the platform could not be told that everything is here; empty when it was."""


def enrol(
    code: str,
    into: Path,
    *,
    signing_token: str = "",
    now: Callable[[], datetime],
    wire_to: Callable[[Invitation, Callable[[], datetime]], EnrolmentWire] = EnrolmentWire,
) -> Enrolled:
    """Enrol this machine by `code`, into a directory. Raises `EnrolmentFailed`.

    `signing_token` is the URI of a PKCS#11 token with the signing key, which is then not made here.
    """
    try:
        invitation = read_invitation(code)
        into = into.resolve()
        layer, folder = into / LAYER, into / _folder_of(invitation)
        _refuse_anothers(layer, invitation.terminal)
        wire = wire_to(invitation, now)
        if not _names(layer, folder):
            key, client = _keys(folder, invitation.terminal, signing_token)
            wire.meet()
            answer = wire.enrol(_request(invitation, key, client))
            _keep(folder, wire.authority, answer, key, client)
            replace_file(layer, _fragment(folder, answer, signing_token).encode())
    except (BadCode, UnreadableFile, SigningFailed) as error:
        raise EnrolmentFailed(str(error)) from None
    except OSError as error:
        raise EnrolmentFailed(f"{error.filename or into}: {error.strerror}: nothing was changed") from None
    return Enrolled(invitation.terminal, layer, _confirmed(wire))


def _folder_of(invitation: Invitation) -> str:
    return f"enrolment-{hashlib.sha256(invitation.secret.encode()).hexdigest()[:8]}"


def _refuse_anothers(layer: Path, terminal: str) -> None:
    if not layer.exists():
        return
    try:
        there = tomllib.loads(layer.read_text("utf-8"))["terminal"]["id"]
    except (ValueError, KeyError, TypeError):
        raise EnrolmentFailed(f"{layer}: not what an enrolment writes: name another directory") from None
    if there != terminal:
        raise EnrolmentFailed(
            f"{layer}: this machine is {there}, the code is for {terminal}: ask for {there}'s"
        )


def _names(layer: Path, folder: Path) -> bool:
    """Whether this very invitation was answered and kept before."""
    return layer.exists() and str(folder) in layer.read_text("utf-8")


# ---- keys ------------------------------------------------------------------------------------------------


def _keys(folder: Path, terminal: str, signing_token: str) -> tuple[TerminalKey, ec.EllipticCurvePrivateKey]:
    """The two keys of this invitation: made, or found from before."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for directory in (folder.parent, folder.parent.parent):
        sync_directory(directory)
    client_file, signing_file = folder / "client.key", folder / "signing.key"
    if not client_file.exists():
        replace_file(client_file, key_pem(new_client_key()), private=True)
    client = load_pem_private_key(read_private(client_file), None)
    if not isinstance(client, ec.EllipticCurvePrivateKey):
        raise UnreadableFile(client_file, "not a key that an enrolment makes")
    if signing_token:
        return TerminalKey(terminal, TokenSigner(signing_token)), client
    if not signing_file.exists():
        replace_file(signing_file, key_pem(Ed25519PrivateKey.generate()), private=True)
    return TerminalKey.load(terminal, signing_file), client


def _request(invitation: Invitation, key: TerminalKey, client: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    said = {
        "v": 1,
        "terminal": invitation.terminal,
        "secret": invitation.secret,
        "request": signing_request(invitation.terminal, client),
        "signing_key": base64.b64encode(key.public_bytes()).decode(),
    }
    return {**said, "proof": key.sign(_PROVED + canonical(said))}


# ---- what the platform answered --------------------------------------------------------------------------


def _keep(
    folder: Path, authority: str, answer: dict[str, Any], key: TerminalKey, client: ec.EllipticCurvePrivateKey
) -> None:
    """Write the answer down, if a terminal could work with it. Raises `EnrolmentFailed`, `UnreadableFile`."""
    files = {
        "ca.pem": authority,
        "client.pem": answer["client_certificate"],
        "certificate.txt": answer["certificate"],
        "envelope.pem": answer["envelope_key"],
        "receipt.pem": answer["receipt_key"],
    }
    for name, text in files.items():
        replace_file(folder / name, text.encode())
    Witness.load(folder / "certificate.txt", key, PlatformWord.load(folder / "receipt.pem"))
    if not _fits(answer, key.terminal_id, client):
        raise EnrolmentFailed("the platform's answer does not fit this machine's keys: tell its operator")


def _fits(answer: dict[str, Any], terminal: str, client: ec.EllipticCurvePrivateKey) -> bool:
    try:
        suite, _ = read_envelope_key(answer["envelope_key"].encode())
    except ValueError:
        return False
    named = answer["terminal"] == terminal and suite == answer["envelope_suite"]
    return named and is_for(answer["client_certificate"], terminal, client)


def _fragment(folder: Path, answer: dict[str, Any], signing_token: str) -> str:
    def text(value: str) -> str:
        return json.dumps(value, ensure_ascii=False)

    def path(name: str) -> str:
        return text(str(folder / name))

    token = f"signing_token = {text(signing_token)}\n" if signing_token else ""
    return f"""\
# Made by "main.py enrol". A layer of the terminal's settings: where the platform is, and how it is known.

[terminal]
id = {text(answer["terminal"])}
signing_key = {path("signing.key")}
{token}certificate = {path("certificate.txt")}

[platform]
url = {text(answer["url"])}
ca_file = {path("ca.pem")}
client_certificate = {path("client.pem")}
client_key = {path("client.key")}
envelope_key = {path("envelope.pem")}
envelope_kid = {text(answer["envelope_kid"])}
envelope_suite = {text(answer["envelope_suite"])}
receipt_key = {path("receipt.pem")}
"""


def _confirmed(wire: EnrolmentWire) -> str:
    """Tell the platform; why not, if not: the terminal is enrolled all the same."""
    try:
        if not wire.authority:
            wire.meet()
        wire.confirm()
    except EnrolmentFailed as failed:
        return str(failed)
    return ""
