"""The pairs of an audit on disk, so that one that was interrupted goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from harness.audit.pair import Pair

_FILE: Final = "pairs.jsonl"
_PARTS: Final = ("harness", "scenarios", "fixtures", "pages", "conftest.py")


def fingerprint(root: Path, options: Iterable[str]) -> str:
    """Tells audits apart that would not find the same: the sources and what was asked."""
    digest = hashlib.sha256(json.dumps(list(options)).encode())
    for part in _PARTS:
        path = root / part
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


class Record:
    """The pairs of one audit; the first line is its fingerprint."""

    def __init__(self, folder: Path, print_: str, *, fresh: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / _FILE
        self.pairs: list[Pair] = []
        lines = self._file.read_text(encoding="utf-8").splitlines() if self._file.exists() else []
        if not fresh and lines and lines[0] == print_:
            self.pairs = [pair for line in lines[1:] if (pair := _read(line)) is not None]
        # Written anew: a line that a killed process left unfinished must not stay.
        kept = "".join(f"{pair.model_dump_json()}\n" for pair in self.pairs)
        self._file.write_text(f"{print_}\n{kept}", encoding="utf-8")

    def add(self, pair: Pair) -> None:
        """Keep a pair."""
        self.pairs.append(pair)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(pair.model_dump_json() + "\n")

    def finish(self) -> None:
        """An audit that came to its end is not gone on with."""
        self._file.unlink(missing_ok=True)


def _read(line: str) -> Pair | None:
    """A pair; None for the line that a killed process was writing."""
    try:
        return Pair.model_validate_json(line)
    except ValidationError:
        return None
