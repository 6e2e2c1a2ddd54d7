"""Whether memory stays flat: 500 scenarios as `harness run` has them, all weighed after each.

    .venv/bin/python benchmarks/flat_memory.py [--scenarios 500] [--write]

The first tenth is the start and does not count. Flat means that the line through the rest rises
by less than a twentieth of the level over so many scenarios. Node would rather grow than collect,
so the driver is made to collect here, has a limit to its heap, and tells what it still holds. Exit
code 1: it is not flat.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from document import put, table
from line import Line, through
from memory_log import BROWSER, DRIVER, PYTEST
from representative import SCENARIOS
from runners import Harness
from standing import ROOT, sandbox

from harness.gate.run import LANES

PAGE = ROOT / "docs" / "performance.md"
_FLAT = 1 / 20
_COLLECTS = (
    "--max-old-space-size=96 --max-semi-space-size=8 "
    f"--require={Path(__file__).with_name('collecting.cjs')}"
)


def record(scenarios: int) -> tuple[list[dict[str, Any]], list[float]]:
    """What each scenario left in memory, in the order they ran; MiB that the driver then held."""
    of_each = -(-scenarios // len(SCENARIOS))
    with sandbox() as place, tempfile.TemporaryDirectory(prefix="checkout-memory-") as name:
        folder = Path(name)
        file, held = folder / "memory.jsonl", folder / "held"
        runner = Harness(options=("--no-report",))
        collecting = {"NODE_OPTIONS": _COLLECTS, "MEMORY_HELD": str(held)}
        done = subprocess.run(
            [*runner.command(of_each, LANES, folder), "-p", "memory_log", f"--memory-log={file}"],
            cwd=ROOT,
            env=place.environment | runner.environment(folder) | collecting,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"The scenarios did not pass.\n{done.stdout[-4000:]}{done.stderr[-2000:]}")
        log = [json.loads(line) for line in file.read_text().splitlines()]
        return log, [float(line) for line in held.read_text().splitlines()]


def is_flat(line: Line, level: float, scenarios: int) -> bool:
    """Whether so many scenarios raise it by less than a twentieth."""
    return line.slope * scenarios < level * _FLAT


def section(log: Sequence[dict[str, Any]], held: Sequence[float]) -> tuple[str, bool]:
    """The table, and whether everything is flat."""
    counted = log[len(log) // 10 : -1]  # at the end of the last one, driver and browser are gone
    numbers = [float(number) for number in range(len(counted))]
    rows, flat = [], True
    for kind in (PYTEST, DRIVER, BROWSER):
        weights = [float(line["mib"].get(kind, 0)) for line in counted]
        processes = [line["processes"].get(kind, 0) for line in counted]
        line, level = through(numbers, weights), statistics.fmean(weights)
        flat = flat and is_flat(line, level, len(log))
        rows.append(
            [
                kind,
                str(round(statistics.fmean(processes))),
                f"{weights[0]:.0f} MiB",
                f"{weights[-1]:.0f} MiB",
                f"{max(weights):.0f} MiB",
                f"{line.slope * 1024:+.1f} KiB",
                f"{line.slope * len(log) / level:+.1%}",
            ]
        )
    known = [line["known"] for line in counted]
    settled = held[len(held) // 10 :]
    head = ("process", "how many", "at first", "at last", "most", "a scenario", f"over {len(log)}")
    said = "flat" if flat else "**not flat**"
    kept = (
        f"Playwright knew {known[0]} things in the browser after the first of these scenarios, "
        f"{known[-1]} after the last, {max(known)} at most. Of the driver's memory, "
        f"{settled[0]:.1f} MiB were objects still in use at first, {settled[-1]:.1f} at last, "
        f"{max(settled):.1f} at most."
    )
    where = f"{len(log)} scenarios in one process, {LANES} lanes"
    return f"{where}: {said}.\n\n{table(head, rows)}\n{kept}", flat


def main() -> int:
    """Record, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scenarios", type=int, default=500)
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.relative_to(ROOT)}")
    asked = parser.parse_args()
    if asked.scenarios < 2 * len(SCENARIOS):
        parser.error(f"--scenarios is at least {2 * len(SCENARIOS)}, or there is no line.")
    told, flat = section(*record(asked.scenarios))
    print(told)
    if asked.write:
        put(PAGE, "memory", told)
    return 0 if flat else 1


if __name__ == "__main__":
    sys.exit(main())
