"""``python -m harness.sandbox [--host H] [--port P] [--defect ID]… [--mids FILE]``."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

gc.disable()  # while modules load nothing is garbage, and looking for it takes a tenth of the start

from .mids import WrongMids  # noqa: E402 -- see above
from .server import PortInUse, UnknownDefect, serve  # noqa: E402 -- see above


def main() -> int:
    """Serve until SIGTERM; 2 for a defect, an address or a file that cannot be used."""
    parser = argparse.ArgumentParser(prog="harness.sandbox")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--defect", action="append", default=[], metavar="ID")
    parser.add_argument(
        "--mids", type=Path, metavar="FILE", help="merchant accounts beside the built-in ones, TOML"
    )
    parser.add_argument(
        "--inquiry-throttle", action="store_true", help="limit inquiries as Ottu does"
    )
    asked = parser.parse_args()
    try:
        serve(
            asked.host,
            asked.port,
            asked.defect,
            mids_file=asked.mids,
            inquiry_throttle=asked.inquiry_throttle,
        )
    except PortInUse as problem:
        sys.stderr.write(f"The address cannot be used: {problem}.\n")
        return 2
    except UnknownDefect as problem:
        sys.stderr.write(f"There is no defect {problem.args[0]!r}.\n")
        return 2
    except WrongMids as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
