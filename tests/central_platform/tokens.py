"""A SoftHSM token of a test's own, with the keys that a terminal and a platform need in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
LABEL, PIN = "hall", "739154"


@dataclass(frozen=True)
class SoftToken:
    """One token, its PIN in a file."""

    directory: Path

    def uri(self, name: str, **changes: str) -> str:
        """The RFC 7512 name of the key `name`; `changes` are other words, an empty one none."""
        said = {
            "token": LABEL,
            "object": name,
            "module-path": str(MODULE),
            "pin-source": str(self.directory / "pin"),
        } | {key.replace("_", "-"): word for key, word in changes.items()}
        path = ";".join(f"{key}={said[key]}" for key in ("token", "object") if said[key])
        query = "&".join(f"{key}={said[key]}" for key in ("module-path", "pin-source") if said[key])
        return f"pkcs11:{path}?{query}"

    def forget(self) -> None:
        """Take every key out of the token, as if it had been pulled."""
        for file in self.directory.glob("tokens/*/*-*.object"):
            file.rename(file.with_suffix(".away"))

    def remember(self) -> None:
        """Put them back."""
        for file in self.directory.glob("tokens/*/*.away"):
            file.rename(file.with_suffix(".object"))


@contextmanager
def soft_token(directory: Path) -> Iterator[SoftToken]:
    """Make one. The library reads its configuration once a process: one token for a test run's process."""
    (directory / "tokens").mkdir()
    (directory / "pin").touch(mode=0o600)
    (directory / "pin").write_text(f"{PIN}\n")
    (directory / "softhsm2.conf").write_text(
        f"directories.tokendir = {directory / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    os.environ["SOFTHSM2_CONF"] = str(directory / "softhsm2.conf")
    tool = shutil.which("softhsm2-util")
    assert tool is not None, "softhsm2 is not installed: run `make extras`"
    subprocess.run(
        [tool, "--init-token", "--free", "--label", LABEL, "--so-pin", "000000", "--pin", PIN],
        check=True,
        capture_output=True,
    )
    yield SoftToken(directory)
    del os.environ["SOFTHSM2_CONF"]
