"""The command that runs one scenario again, in the same way."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

BASE = "python -m harness run"


def command(scenario: str, options: Sequence[str]) -> str:
    """What to type for one scenario; `options` come from the run's record, the seed among them."""
    return f"{BASE} {shlex.join([scenario, *options])}"
