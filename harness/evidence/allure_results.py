"""Allure's results as a reader wants them: without the fixtures that did their work."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_CONTAINERS = "*-container.json"


def for_readers(results: Sequence[Path], folder: Path) -> Path:
    """Copy the results into ``folder`` and give it.

    Allure notes every fixture of every test, forty to a scenario; a reader looks at one only
    when it broke. What else the results hold is copied as it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for place in results:
        shutil.copytree(
            place, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(_CONTAINERS)
        )
        for file in place.glob(_CONTAINERS):
            container: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            for side in ("befores", "afters"):
                container[side] = [
                    fixture
                    for fixture in container.get(side, [])
                    if fixture.get("status") in ("failed", "broken")
                ]
            if container["befores"] or container["afters"]:
                (folder / file.name).write_text(json.dumps(container), encoding="utf-8")
    return folder
