"""What keeps a whole catalogue from being used: the linter's errors in its sources, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from config.catalogue import DISTRICT, ITEMS, own_or_shipped
from config.data_files import files_in
from config.district import load_district
from config.lint.check import lint_files
from config.lint.hall import hall_of
from config.plain import BadFile


def errors_in(directory: Path) -> Sequence[str]:
    """The errors in the sources of a catalogue; a district that cannot be read is one."""
    try:
        hall = hall_of(load_district(own_or_shipped(directory, DISTRICT)))
        files = files_in(directory / ITEMS, "service item")
    except BadFile as bad:
        return (str(bad),)
    found, _ = lint_files(files, hall)
    return tuple(str(finding) for finding in found if finding.severity == "error")
