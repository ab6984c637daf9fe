"""`python -m central_platform DIRECTORY [--port PORT] …`: the platform on its own."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from central_platform.keys import BadDirectory
from central_platform.server import serve


def main() -> int:
    """Serve; one clear line and status 1 when that cannot be."""
    parser = argparse.ArgumentParser(prog="central_platform", description="The reference central platform.")
    parser.add_argument("directory", type=Path, help='what "platform init" made')
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8443, help="0 takes a free one")
    parser.add_argument(
        "--shared-data",
        type=Path,
        help="data sets (docs/shared-data.md); by default shared_data in DIRECTORY",
    )
    parser.add_argument(
        "--enrolment-port", type=int, help="let invited terminals enrol here; 0 takes a free one"
    )
    arguments = parser.parse_args()
    try:
        serve(
            arguments.directory,
            arguments.host,
            arguments.port,
            arguments.shared_data,
            arguments.enrolment_port,
        )
    except BadDirectory as error:
        sys.stderr.write(f"platform: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
