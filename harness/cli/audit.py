"""`audit`: the progress bar, and what is left behind."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from harness.audit import allure, document, table
from harness.audit.findings import Findings
from harness.audit.pair import Pair
from harness.audit.run import Wish, audit
from harness.gate import files

JSON = "audit.json"

_COLOURS = {"noticed": "green", "passed": "dim", "timed out": "yellow", "broken": "red"}


def run(wish: Wish, page: Path | None) -> int:
    """Audit, show and write what was found; 0 only when every defect was killed.

    `page` is a Markdown document with a place for the findings.

    Raises:
        HarnessError: nothing could be found out.
    """
    findings = _watched(wish)
    files.write(wish.reports / JSON, findings.model_dump_json(indent=2) + "\n")
    allure.write(findings, wish.reports)
    if page is not None:
        document.write(findings, page)
    table.show(findings, Console())
    if findings.control:
        return 3
    return 0 if findings.is_green else 1


def _watched(wish: Wish) -> Findings:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}"),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        return audit(wish, _Shown(bar))


class _Shown:
    """A bar a stage; what was noticed last stands behind it."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task = bar.add_task("starting", total=None, last="")

    def stage(self, name: str) -> None:
        self._bar.update(self._task, visible=False)
        self._task = self._bar.add_task(name, total=None, last="")

    def total(self, runs: int) -> None:
        self._bar.update(self._task, total=runs)

    def heard(self, pair: Pair) -> None:
        colour = _COLOURS.get(pair.verdict)
        if colour is not None:
            said = "" if pair.is_control else pair.defect
            self._bar.update(self._task, last=f"[{colour}]{said}[/{colour}]")
        self._bar.advance(self._task)
