"""A finding as a line: a mark, what was looked at, what was found, and below it the remedy."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.text import Text

from harness.doctor.finding import Finding, Mark

_MARKS: Final[dict[Mark, tuple[str, str]]] = {
    "fine": ("✓", "green"),
    "note": ("!", "yellow"),
    "trouble": ("✗", "bold red"),
    "not checked": ("·", "dim"),
}
_SUBJECT: Final = 22

_VERDICTS: Final = {
    0: "Everything that a run needs is there.",
    1: "The checkout is not as page objects and witnesses expect it.",
    2: "The settings are wrong.",
    3: "The target or this machine cannot be used.",
}


def show(finding: Finding, console: Console) -> None:
    """Print it; never wrapped, so that a log can be searched line by line."""
    mark, style = _MARKS[finding.mark]
    line = Text(f"{mark} ", style)
    line.append(f"{finding.subject:<{_SUBJECT}} ", "default")
    line.append(finding.sentence, "dim" if finding.mark == "not checked" else "default")
    console.print(line, soft_wrap=True)
    if finding.remedy:
        console.print(Text(f"  {'':<{_SUBJECT}} → {finding.remedy}"), soft_wrap=True)


def show_verdict(exit_code: int, console: Console) -> None:
    """Print what all findings come to."""
    console.print()
    console.print(Text(_VERDICTS[exit_code], "bold"), soft_wrap=True)
