"""What a replay recorded, hung into the results of the run that it repeats."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

_RESULTS: Final = "*-result.json"

# Ids, times and amounts differ from run to run, and so do orders' numbers.
_ACCIDENTAL: Final = re.compile(r"[0-9A-Za-z-]*\d[0-9A-Za-z.-]*")


def hang_in(replay: Path, results: Path) -> list[str]:
    """Add each result in `replay` to the one of the same scenario in `results`, as a last step.

    The step says whether it failed the same way again. Attachments move over, and `replay` is
    gone afterwards. Gives a sentence for each.

    Raises:
        OSError, ValueError: a file is missing, or is no result.
    """
    told = []
    first_run = _by_scenario(results)
    for key, (_, again) in _by_scenario(replay).items():
        file, first = first_run.get(key, (None, None))
        if file is None or first is None:
            continue
        step = _step(first, again)
        first.setdefault("steps", []).append(step)
        for name in _sources(step):
            shutil.copy2(replay / name, results / name)
        file.write_text(json.dumps(first, ensure_ascii=False), encoding="utf-8")
        told.append(f"{first.get('name', key)}. {step['name']}.")
    shutil.rmtree(replay, ignore_errors=True)
    return told


def _by_scenario(folder: Path) -> dict[str, tuple[Path, dict[str, Any]]]:
    """The last result of every scenario in a folder."""
    read = [(path, json.loads(path.read_text(encoding="utf-8"))) for path in folder.glob(_RESULTS)]
    return {result["historyId"]: (path, result) for path, result in sorted(read, key=_ended)}


def _ended(read: tuple[Path, dict[str, Any]]) -> int:
    return int(read[1].get("stop", 0))


def _step(first: dict[str, Any], again: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": f"Replayed for evidence: {_how(first, again)}",
        "status": again.get("status", "broken"),
        "statusDetails": again.get("statusDetails", {}),
        "stage": "finished",
        "start": again.get("start", 0),
        "stop": again.get("stop", 0),
        "steps": again.get("steps", []),
        "attachments": again.get("attachments", []),
    }


def _how(first: dict[str, Any], again: dict[str, Any]) -> str:
    if again.get("status") == "passed":
        return "passed"
    same = all(
        _lasting(first, name) == _lasting(again, name) for name in ("status", "statusDetails")
    )
    return "failed the same way" if same else "failed differently"


def _lasting(result: dict[str, Any], name: str) -> str:
    """The first line of what is said, without what is another in every run."""
    value = result.get(name) or ""
    said = str(value.get("message", "")) if isinstance(value, dict) else str(value)
    return _ACCIDENTAL.sub("#", said.strip().partition("\n")[0])


def _sources(step: dict[str, Any]) -> Iterator[str]:
    for attachment in step.get("attachments", []):
        yield attachment["source"]
    for inner in step.get("steps", []):
        yield from _sources(inner)
