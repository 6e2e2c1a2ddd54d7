"""``python -m harness.sandbox [--host H] [--port P] [--defect ID]…``."""

from __future__ import annotations

import argparse
import sys

from .defects.catalogue import UnknownDefect
from .server import PortInUse, serve


def main() -> int:
    """Serve until SIGTERM; 2 for a defect or an address that cannot be used."""
    parser = argparse.ArgumentParser(prog="harness.sandbox")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--defect", action="append", default=[], metavar="ID")
    asked = parser.parse_args()
    try:
        serve(asked.host, asked.port, asked.defect)
    except PortInUse as problem:
        sys.stderr.write(f"The address cannot be used: {problem}.\n")
        return 2
    except UnknownDefect as problem:
        sys.stderr.write(f"There is no defect {problem.args[0]!r}.\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
