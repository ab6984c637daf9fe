"""Sealed applications as a session sends them."""

from __future__ import annotations

import base64
import hashlib
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.messages import ENVELOPE_PART, Commit, EnvelopePart, OfflinePolicy, Prepare
from kiosk.session.sealing import seal
from tests.kiosk.terminal.stage import Note, Stage

TERMINAL = "HALL-0001"
_PLATFORM_KEY = X25519PrivateKey.generate().public_key()


class Application:
    """One application, minted and sealed; `content_bytes` makes a large one."""

    def __init__(self, policy: OfflinePolicy = "keep_with_notice", content_bytes: int = 100) -> None:
        self.id = str(uuid4())
        self.policy = policy
        self.envelope = seal(
            bytes(content_bytes),
            application_id=self.id,
            item="no_criminal_record",
            item_version="1",
            terminal=TERMINAL,
            platform_key=_PLATFORM_KEY,
            kid="p1",
        )

    def parts(self) -> list[EnvelopePart]:
        """The envelope as it crosses the pipe."""
        chunks = [
            self.envelope[start : start + ENVELOPE_PART]
            for start in range(0, len(self.envelope), ENVELOPE_PART)
        ]
        return [
            EnvelopePart(
                application_id=self.id, index=index, count=len(chunks), data=base64.b64encode(chunk).decode()
            )
            for index, chunk in enumerate(chunks)
        ]

    def commit(self, local_no: str) -> Commit:
        """What a session says after the last part."""
        return Commit(
            application_id=self.id,
            item="no_criminal_record",
            item_version="1",
            local_no=local_no,
            envelope_sha256=hashlib.sha256(self.envelope).hexdigest(),
            offline_policy=self.policy,
        )


async def send(stage: Stage, name: str, application: Application, nth: int = 1) -> str:
    """Have a session prepare and commit an application, its `nth`; gives the local number."""
    stage.say(name, Prepare(application_id=application.id))
    prepared: Note = await stage.got(name, "prepared", nth)
    for part in application.parts():
        stage.say(name, part)
    local_no = str(prepared["local_no"])
    stage.say(name, application.commit(local_no))
    return local_no
