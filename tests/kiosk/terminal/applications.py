"""Sealed applications as a session sends them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.messages import SEALED_CHUNK, Commit, OfflinePolicy, Prepare, SealedChunk
from kiosk.session.sealing import load_platform_key, page_content, seal, sealed_name
from kiosk.session.suites import HpkeKey
from tests.kiosk.terminal.stage import Note, Stage
from tests.offline_queue.samples import ITEM, TERMINAL, a_record, envelope_kid

_NOBODYS_KEY = HpkeKey(X25519PrivateKey.generate().public_key())


class Application:
    """One application, minted and sealed.

    With `keys`, what a platform gave to the terminal, that platform can open it and finds a whole record;
    without, nobody can, and `content_bytes` makes a large one.
    """

    def __init__(
        self,
        policy: OfflinePolicy = "keep_with_notice",
        content_bytes: int = 100,
        keys: Path | None = None,
        page_bytes: Sequence[int] = (),
    ) -> None:
        self.id = str(uuid4())
        self.policy = policy
        sealed = partial(
            seal,
            application_id=self.id,
            item=ITEM,
            item_version="1",
            terminal=TERMINAL,
            platform_key=_NOBODYS_KEY if keys is None else load_platform_key(keys / "envelope.pem"),
            kid="nobody" if keys is None else envelope_kid(keys),
        )
        self.pages = [sealed(page_content(bytes(count)), is_part=True) for count in page_bytes]
        self.envelope = sealed(
            bytes(content_bytes) if keys is None else json.dumps(a_record(self.id)).encode(),
            parts=self.pages,
        )

    def chunks(self) -> list[SealedChunk]:
        """Pages and envelope as they cross the pipe."""
        return [chunk for sealed in (*self.pages, self.envelope) for chunk in self._chunks(sealed)]

    def _chunks(self, sealed: bytes) -> list[SealedChunk]:
        chunks = [sealed[start : start + SEALED_CHUNK] for start in range(0, len(sealed), SEALED_CHUNK)]
        return [
            SealedChunk(
                application_id=self.id,
                sha256=sealed_name(sealed),
                index=index,
                count=len(chunks),
                data=base64.b64encode(chunk).decode(),
            )
            for index, chunk in enumerate(chunks)
        ]

    def commit(self, local_no: str) -> Commit:
        """What a session says after the last chunk."""
        return Commit(
            application_id=self.id,
            item=ITEM,
            item_version="1",
            local_no=local_no,
            envelope_sha256=hashlib.sha256(self.envelope).hexdigest(),
            offline_policy=self.policy,
        )


async def send(stage: Stage, name: str, application: Application, nth: int = 1) -> str:
    """Have a session prepare and commit an application, its `nth`; gives the local number."""
    stage.say(name, Prepare(application_id=application.id))
    prepared: Note = await stage.got(name, "prepared", nth)
    for chunk in application.chunks():
        stage.say(name, chunk)
    local_no = str(prepared["local_no"])
    stage.say(name, application.commit(local_no))
    return local_no
