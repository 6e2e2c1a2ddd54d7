"""The checklist as a person reads it in a terminal."""

from __future__ import annotations

import io
from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.integration.checklist import Checklist, Finding
from harness.integration.rule import Verdict

_AS_TEXT = 160

_SIGNS: dict[Verdict, tuple[str, str]] = {
    "held": ("✓", "green"),
    "broken": ("✗", "bold red"),
    "unchecked": ("·", "yellow"),
}


def show(checklist: Checklist, console: Console) -> None:
    """Print every finding with its evidence, what is broken once more in full, and the verdict."""
    if any(each.verdict != "unchecked" for each in checklist.findings):
        _tabulate(checklist, console)
    for each in checklist.findings:
        if each.verdict == "broken":
            _explain(each, console)
    colour = {"right": "green", "wrong": "red", "inconclusive": "yellow"}[checklist.verdict]
    console.print(Text(closing(checklist), colour))


def text(checklist: Checklist) -> str:
    """The same as plain text."""
    console = Console(file=io.StringIO(), width=_AS_TEXT, highlight=False)
    with console.capture() as captured:
        show(checklist, console)
    return captured.get()


def closing(checklist: Checklist) -> str:
    """The checklist in a sentence or two."""
    counts = Counter(each.verdict for each in checklist.findings)
    return (
        f"{checklist.reason} ({counts['held']} held, {counts['broken']} broken, "
        f"{counts['unchecked']} could not be checked)"
    )


def _tabulate(checklist: Checklist, console: Console) -> None:
    table = Table(title=f"Integration of {checklist.url}", title_justify="left", expand=False)
    for heading, least in (("rule", 18), ("", 1), ("evidence", 30)):
        table.add_column(heading, overflow="fold", min_width=least)
    for each in checklist.findings:
        sign, colour = _SIGNS[each.verdict]
        table.add_row(each.rule, Text(sign, colour), Text(each.evidence))
    console.print(table)


def _explain(finding: Finding, console: Console) -> None:
    console.print(Text(f"\n✗ {finding.rule}", "bold red"))
    for line in (finding.demand, f"Found: {finding.evidence}.", f"Source: {finding.source}."):
        console.print(Text(f"  {line}"))
