"""The verdict on a terminal: verdict first, then the flows, then each failure to its end."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from harness.gate import leaked
from harness.gate.judged import Judged
from harness.gate.verdict import Status, Verdict, Word

_STYLES: dict[Status, str] = {
    "passed": "green",
    "flaky": "yellow",
    "failed": "bold red",
    "broken": "magenta",
    "missing": "magenta",
    "quarantined": "cyan",
    "skipped": "dim",
}
_HEADS: dict[Word, tuple[str, str]] = {
    "pass": ("PASS", "bold green"),
    "fail": ("FAIL: the checkout is broken", "bold red"),
    "inconclusive": ("INCONCLUSIVE: nothing is known of the checkout", "bold magenta"),
}


def show(judged: Judged, console: Console, report: Path | None = None) -> None:
    """Print it; `report` is the page to open for more, None where there is none."""
    verdict = judged.verdict
    console.print()
    console.print(_head(verdict))
    for reason in verdict.reasons:
        console.print(Padding(Text(reason), (0, 0, 0, 2), expand=False))
    for change in judged.changes:
        console.print(Padding(Text(change, "dim"), (0, 0, 0, 2), expand=False))
    if verdict.scenarios:
        console.print()
        console.print(_flows(verdict))
    for scenario in judged.bad():
        console.print()
        title = Text(scenario.status, _STYLES[scenario.status])
        title.append(f"  {scenario.flow}  {judged.sentence(scenario)}", "bold")
        console.print(title)
        console.print(Padding(Text(scenario.reason), (0, 0, 0, 2), expand=False))
        _command(console, judged.command(scenario))
    if report is not None:
        console.print()
        console.print(Text(f"report: {report}"), soft_wrap=True)


def _head(verdict: Verdict) -> Text:
    word, style = _HEADS[verdict.verdict]
    if verdict.exit_code == 2:
        word = "INCONCLUSIVE: wrong usage or configuration"
    elif leaked.alone(verdict):
        word = "FAIL: the evidence holds a secret"
    counts = ", ".join(
        f"{number} {status}" for status, number in verdict.counts.model_dump().items() if number
    )
    head = Text(word, style)
    told = counts if verdict.scenarios else "no scenario"
    head.append(f"   {told} in {verdict.duration_s:.1f} s", "not bold default")
    return head


def _flows(verdict: Verdict) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("flow", "status", "scenarios"):
        table.add_column(title, justify="right" if title == "scenarios" else "left")
    for name, flow in verdict.flows.items():
        status = Text(flow.status, _STYLES[flow.status])
        table.add_row(name, status, str(len(flow.scenarios)))
    return table


def _command(console: Console, command: str) -> None:
    # Never wrapped: a person copies this line.
    console.print(Text(f"  run it again: {command}", "default"), soft_wrap=True)
