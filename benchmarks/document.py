"""Tables that a program puts into a page of the documentation, between two marks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; every column but the first is a number and stands to the right."""
    ruled = ["---", *["---:"] * (len(head) - 1)]
    lines = [head, ruled, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def put(file: Path, name: str, section: str) -> None:
    """Put a section in the place of the one of that name.

    Ends the program where the page has no place for it.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, opened, rest = file.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        sys.exit(f"{file} has no place for {name!r}, between {begin} and {end}.")
    file.write_text(f"{before}{begin}\n\n{section.strip()}\n\n{end}{after}", encoding="utf-8")
