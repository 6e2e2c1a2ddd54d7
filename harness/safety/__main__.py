"""The sweeper's process: `python -m harness.safety JOURNAL TURNSTILE`, started by `Sweeper`."""

from __future__ import annotations

import sys
from pathlib import Path

from harness.safety.sweeper import sweep

if __name__ == "__main__":
    sweep(Path(sys.argv[1]), Path(sys.argv[2]))
