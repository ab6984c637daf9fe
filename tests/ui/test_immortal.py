"""PySide6 6.12 on Python 3.11 takes a reference to None with every call; a session must outlive that."""

from __future__ import annotations

import subprocess
import sys

CALLS = """
import sys
from PySide6.QtCore import QCoreApplication
from ui.immortal import keep_singletons
keep_singletons()
keep_singletons()
application = QCoreApplication([])
for _ in range(200_000):
    application.setObjectName("")
print("alive")
"""


def test_a_session_outlives_more_calls_than_none_has_references() -> None:
    run = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.strip()) == (0, "alive"), run.stderr
