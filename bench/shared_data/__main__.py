"""`python -m bench.shared_data DIRECTORY`: write the bench's data sets as they are today, for a platform."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.shared_data import write_shared_data
from config.hall_time import hall_today


def main() -> int:
    """Write them; one clear line and status 1 when that cannot be."""
    match sys.argv[1:]:
        case [directory]:
            try:
                write_shared_data(Path(directory), hall_today())
            except OSError as error:
                sys.stderr.write(f"{directory}: {error.strerror}\n")
                return 1
            return 0
        case _:
            sys.stderr.write("usage: python -m bench.shared_data DIRECTORY\n")
            return 2


if __name__ == "__main__":
    sys.exit(main())
