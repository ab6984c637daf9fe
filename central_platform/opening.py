"""Opening envelopes: is it from an enrolled terminal, does it open, and does it hold what it says?"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from central_platform.compact import expand
from central_platform.contract import Refusal, canonical, parse
from central_platform.enrolled import Keys, OtherKey, read_terminals
from central_platform.envelope_keys import BadKey, EnvelopeKeys, load_audit_key, load_envelope_keys
from central_platform.issuing import Issuer
from central_platform.keys import BadDirectory
from central_platform.suites import DoesNotOpen, KeyStoreDown


@dataclass(frozen=True)
class Keyring:
    """What the platform signs and opens with, and whom it knows."""

    envelopes: EnvelopeKeys
    audit_key: bytes
    """Tags who was asked about, and whose an application is; never changed."""
    receipt_kid: str
    receipt: Ed25519PrivateKey
    terminals: dict[str, Ed25519PublicKey]
    issuer: Issuer
    """Vouches for terminals' certificates."""
    earlier: dict[str, Keys]
    """What terminals signed with before they were enrolled anew."""

    @classmethod
    def load(cls, directory: Path) -> Keyring:
        """Read what `central_platform.keys.init` wrote. Raises `BadDirectory`."""
        platform = directory / "platform"
        try:
            about = json.loads((platform / "platform.json").read_bytes())
            envelopes = load_envelope_keys(platform, about)
            audit_key = load_audit_key(platform)
            receipt = load_pem_private_key((platform / "receipt.key").read_bytes(), None)
            terminals = read_terminals(directory)
            issuer = Issuer.load(platform)
        except BadKey as error:
            raise BadDirectory(error.path, error.reason) from None
        except OSError as error:
            where = Path(error.filename) if error.filename else platform
            raise BadDirectory(where, error.strerror or "cannot be read") from None
        except OtherKey:
            raise BadDirectory(directory / "terminals", "holds a key that is not Ed25519") from None
        except ValueError:
            raise BadDirectory(directory, "holds a key file that is not PEM") from None
        if not isinstance(receipt, Ed25519PrivateKey):
            raise BadDirectory(platform, "receipt.key must be Ed25519")
        newest = {name: keys[0] for name, keys in terminals.items()}
        earlier = {name: keys[1:] for name, keys in terminals.items()}
        return cls(envelopes, audit_key, about["receipt_kid"], receipt, newest, issuer, earlier)

    def signed(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Add the receipt key's name and its signature over everything else."""
        named = {**fields, "kid": self.receipt_kid}
        return {**named, "signature": base64.b64encode(self.receipt.sign(canonical(named))).decode()}

    def refuse_strangers(self, terminal: str, signature: str, body: bytes) -> None:
        """Only an enrolled terminal's own signature over these bytes is let in."""
        key = self.terminals.get(terminal)
        if key is None:
            raise Refusal("terminal_unknown", "this terminal is not enrolled")
        if not _signed_with(key, signature, body):
            raise Refusal("signature_wrong", "not signed by this terminal")

    def refuse_other_makers(self, terminal: str, signature: str, body: bytes) -> None:
        """Only what a terminal signed once is let in, also with a key that it has no more."""
        keys = self.earlier.get(terminal, ())
        if not any(_signed_with(key, signature, body) for key in keys):
            self.refuse_strangers(terminal, signature, body)

    def keys_of(self, terminal: str) -> Keys:
        """Every key that a terminal has signed with, newest first; none of an unknown one."""
        newest = self.terminals.get(terminal)
        return () if newest is None else (newest, *self.earlier.get(terminal, ()))

    def take_up(self, terminal: str, keys: Keys) -> None:
        """Know a terminal by these keys from now on, newest first."""
        self.earlier[terminal] = keys[1:]
        self.terminals[terminal] = keys[0]

    def announcement(self) -> dict[str, Any]:
        """What new envelopes are sealed to, signed."""
        return self.signed(
            {
                "v": 1,
                "kind": "envelope_key",
                "envelope_kid": self.envelopes.kid,
                "suite": self.envelopes.suite,
                "public_key": self.envelopes.public,
            }
        )

    def refuse_other_keys(self, envelope: dict[str, Any]) -> None:
        """Only the suite of the named key opens with it; what else a header says is no matter of choice."""
        key = self.envelopes.opening.get(envelope["kid"])
        if key is None:
            raise Refusal("key_unknown", f"new envelopes are sealed to {self.envelopes.kid}")
        if key.suite != envelope["suite"]:
            raise Refusal("key_unknown", f"the named key is for {key.suite}")

    def decrypt(self, envelope: dict[str, Any]) -> bytes:
        """Open a parsed envelope with the key that it names. Raises `DoesNotOpen`, `Refusal`."""
        self.refuse_other_keys(envelope)
        header = {name: value for name, value in envelope.items() if name != "ciphertext"}
        try:
            ciphertext = base64.b64decode(envelope["ciphertext"], validate=True)
        except ValueError:
            raise DoesNotOpen("not base64") from None
        try:
            return self.envelopes.opening[envelope["kid"]].open(ciphertext, header)
        except KeyStoreDown as error:
            sys.stderr.write(f"platform: {error}\n")
            raise Refusal("storage", "the platform cannot open anything now") from None


def _signed_with(key: Ed25519PublicKey, signature: str, body: bytes) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), body)
    except (ValueError, InvalidSignature):
        return False
    return True


def checked_record(
    keyring: Keyring, application_id: str, sender: str, body: bytes, origin_signature: str
) -> dict[str, Any]:
    """Open an envelope and hold everything in it against everything around it. Raises `Refusal`.

    `sender` has signed `body`; a compact envelope may come from any terminal, if the one it names signed it.
    """
    envelope = parse("envelope", body, "bad_envelope")
    if envelope["id"] != application_id:
        raise Refusal("id_mismatch", "the envelope names another application than the address")
    if envelope.get("content") == "part":
        raise Refusal("bad_envelope", "envelope: $.content: a part is no application")
    if is_compact(envelope):
        keyring.refuse_other_makers(envelope["terminal"], origin_signature, body)
    elif envelope["terminal"] != sender:
        raise Refusal("terminal_mismatch", "the envelope names another terminal than its sender")
    try:
        plaintext = keyring.decrypt(envelope)
    except DoesNotOpen:
        raise Refusal("not_decryptable", "the envelope does not open") from None
    if hashlib.sha256(plaintext).hexdigest() != envelope["content_sha256"]:
        raise Refusal("content_mismatch", "the content is not what the header says")
    record = _record(envelope, plaintext)
    _refuse_differences(envelope, record)
    _refuse_loose_ends(record)
    return record


def opened(keyring: Keyring, envelope: bytes) -> dict[str, Any]:
    """Decrypt a stored envelope. Raises `DoesNotOpen`, `Refusal`."""
    parsed = json.loads(envelope)
    content = keyring.decrypt(parsed)
    record: dict[str, Any] = expand(content).record if is_compact(parsed) else json.loads(content)
    return record


def is_compact(envelope: dict[str, Any]) -> bool:
    """Whether an envelope came from a slip's restore codes."""
    return envelope.get("content") == "compact"


def _record(envelope: dict[str, Any], plaintext: bytes) -> dict[str, Any]:
    if is_compact(envelope):
        try:
            plaintext = canonical(expand(plaintext).record)
        except ValueError as error:
            raise Refusal("record_invalid", f"compact: {error}") from None
    return parse("record", plaintext, "record_invalid")


def _refuse_differences(envelope: dict[str, Any], record: dict[str, Any]) -> None:
    inside = {
        "id": record["application_id"],
        "terminal": record["terminal"],
        "item": record["item"]["id"],
        "item_version": record["item"]["version"],
    }
    for name, value in inside.items():
        if envelope[name] != value:
            raise Refusal("record_differs", f"{name}: header and record disagree")


def shown_sha256(record: dict[str, Any]) -> str | None:
    """The hash over all that was signed in one act; None where that is the form alone. Raises `Refusal`.

    Members and agreements are held against their own hashes on the way.
    """
    forms = [each["form"] for each in record.get("members", ()) if each["form"] is not None]
    agreements = record.get("agreements", ())
    if not forms and not agreements:
        return None
    for index, each in enumerate(forms):
        if hashlib.sha256(canonical(each["lines"])).hexdigest() != each["sha256"]:
            raise Refusal("record_invalid", f"record: $.members: form {index}: not the hash of the lines")
    for index, each in enumerate(agreements):
        if hashlib.sha256(each["text_zh"].encode()).hexdigest() != each["sha256"]:
            raise Refusal("record_invalid", f"record: $.agreements[{index}].sha256: not the hash of the text")
    shown = {
        "form": record["form"]["sha256"],
        "members": [each["sha256"] for each in forms],
        "agreements": [each["sha256"] for each in agreements],
    }
    return hashlib.sha256(canonical(shown)).hexdigest()


def _refuse_loose_ends(record: dict[str, Any]) -> None:
    """References and hashes that a schema cannot check."""
    form, shown = record["form"], shown_sha256(record)
    if hashlib.sha256(canonical(form["lines"])).hexdigest() != form["sha256"]:
        raise Refusal("record_invalid", "record: $.form.sha256: not the hash of the lines")
    for index, signature in enumerate(record["signatures"]):
        if signature["form_sha256"] != form["sha256"] or signature.get("shown_sha256") != shown:
            raise Refusal("record_invalid", f"record: $.signatures[{index}]: made over another form")
        if signature["party"] >= len(record["parties"]):
            raise Refusal("record_invalid", f"record: $.signatures[{index}].party: no such party")
    for index, party in enumerate(record["parties"]):
        reference = party["signature_ref"]
        if reference is not None and reference >= len(record["signatures"]):
            raise Refusal("record_invalid", f"record: $.parties[{index}].signature_ref: no such signature")
