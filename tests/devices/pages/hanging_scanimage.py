#!/usr/bin/env python3
"""A scanner's program that never answers, or complains as SANE does, by the device's name."""

import signal
import sys

device = sys.argv[1].removeprefix("--device-name=")
if device == "hangs":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.pause()
sys.exit(f"scanimage: sane_start: {device}")
