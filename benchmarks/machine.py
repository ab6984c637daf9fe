"""What the figures were taken on: processor, memory, kernel, file system, versions."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.report import versions

_QUEUES = ("persist-queue", "litequeue", "huey", "diskcache")
"""Peers of the offline queue, which not every machine has."""


def machine(folder: Path) -> dict[str, str]:
    """The machine in words; `folder` is where the measured files lie."""
    cpu = _first(r"model name\s*:\s*(.+)", "/proc/cpuinfo")
    memory_kib = int(_first(r"MemTotal:\s*(\d+)", "/proc/meminfo"))
    load = os.getloadavg()
    return {
        "processor": f"{cpu}, {os.cpu_count()} cores",
        "memory": f"{memory_kib * 1024 / 1e9:.1f} GB",
        "kernel": f"{os.uname().sysname} {os.uname().release}",
        "system": _first(r'PRETTY_NAME="(.+)"', "/etc/os-release"),
        "file system of the queue": _file_system(folder),
        "load before the first figure (1, 5, 15 minutes)": ", ".join(f"{value:.2f}" for value in load),
    }


def software() -> dict[str, str]:
    """The versions that can make a difference."""
    ours = versions()
    del ours["platform"]
    return {
        "Python": ours["python"],
        "PySide6 / Qt": f"{ours['PySide6']} / {ours['Qt']}",
        "SQLite": sqlite3.sqlite_version,
        "OpenCV": ours["opencv"],
        "dlib": ours["dlib"],
        "cryptography": version("cryptography"),
        "reportlab": version("reportlab"),
        "Xvfb": _package("xvfb"),
        "Mesa (llvmpipe)": _package("libgl1-mesa-dri"),
        "Chromium": _package("chromium"),
        **{name: _library(name) for name in _QUEUES},
    }


def commit() -> str:
    """The version of this project that was measured."""
    try:
        said = subprocess.run(
            ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return said.stdout.strip()


def _first(pattern: str, file: str) -> str:
    found = re.search(pattern, Path(file).read_text(encoding="utf-8"))
    return found[1].strip() if found else "unknown"


def _file_system(folder: Path) -> str:
    said = subprocess.run(
        ["findmnt", "--noheadings", "--output", "FSTYPE,OPTIONS", "--target", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    return " ".join(said.stdout.split()) or "unknown"


def _library(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _package(name: str) -> str:
    if shutil.which("dpkg-query") is None:
        return "unknown"
    said = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Version}", name],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or "not installed"
