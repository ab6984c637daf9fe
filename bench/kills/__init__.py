"""Killed at any moment: what citizens were told, compared with what the platform holds in the end.

Scripted citizens apply in a real hall while session, face worker, terminal and platform are killed and the
cables of printer and network are pulled. `run_kills` is the whole of it.
"""

from __future__ import annotations

from bench.kills.run import run_kills as run_kills
