"""Node, which drives the browsers and makes the report: what it compiles is kept."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

#: Node's own setting: the folder in which it keeps compiled modules from one start to the next.
SETTING: Final = "NODE_COMPILE_CACHE"


def compiled_once(environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` for processes that start Node, which then compiles each module once.

    Whoever named a folder keeps it.
    """
    folder = Path(sys.prefix, "share", "checkout-harness", "compiled")
    return {SETTING: str(folder), **environment}
