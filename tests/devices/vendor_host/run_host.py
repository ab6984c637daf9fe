"""`main.py vendor-host` without the rest of main.py: KIND LIBRARY --fd N."""

from __future__ import annotations

import sys

from devices.vendor_host.host import main

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[4]))
