"""`drift`: compare, and show the differences as a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.drift.compare import Comparison
from harness.drift.run import FILE_NAME, drift


def run(
    options: Mapping[str, str | None], section: str | None, reports: Path, *, as_json: bool
) -> int:
    """Compare the target that `options` and the section name with the embedded sandbox.

    Gives 0 where nothing differs, 1 where something does; raises what `drift` raises.
    """
    errors = Console(stderr=True, highlight=False)
    report = drift(options, section, reports, lambda stage: errors.print(Text(stage, "dim")))
    if as_json:
        print(report.model_dump_json(indent=2))
    else:
        # A log has no width, and a cell cut short hides what differs.
        console = Console(highlight=False)
        wide = console if console.is_terminal else Console(highlight=False, width=200)
        _show(report.comparison, str(report.live["name"]), wide)
        wide.print(Text(f"written to {reports / FILE_NAME}"), soft_wrap=True)
    return report.exit_code


def _show(comparison: Comparison, live: str, console: Console) -> None:
    if not comparison.differences:
        console.print(Text(f"{live} does not differ from the embedded sandbox.", "bold"))
    else:
        console.print(_table(comparison, live))
    for sentence in comparison.not_compared:
        console.print(Text(f"not compared: {sentence}", "dim"), soft_wrap=True)


def _table(comparison: Comparison, live: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("where", "what", "embedded", live):
        table.add_column(title, overflow="fold")
    for row in comparison.differences:
        where = Text(", ".join(row.where))
        table.add_row(
            Text(f"{row.area}: ", "dim").append_text(where),
            Text(row.what, "bold"),
            Text(row.embedded),
            Text(row.live, "yellow"),
        )
    return table
