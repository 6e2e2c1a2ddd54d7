"""Where the milliseconds of one scenario go, and the seconds around all of them.

    .venv/bin/python benchmarks/phases.py [--count 8] [--write]

Runs the six scenarios of the benchmark in one process, `--count` of each after a first turn that
does not count, with the default evidence. `--write` puts the tables into docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from document import put, table
from phase_clock import CALLS, FIXTURES, ONCE, OTHER_FIXTURES, OVERHEAD, RUNNER, SCENARIO, TEARDOWN
from representative import SCENARIOS
from runners import Harness
from standing import ROOT, sandbox

PAGE = ROOT / "docs" / "performance.md"
_WAITS = ("Playwright", "HTTP", "Python")
_MOST_CALLS = 15


def record(of_each: int) -> tuple[list[dict[str, Any]], list[tuple[str, float]]]:
    """A line for each scenario, and the stages of the run with when each was reached (s)."""
    with sandbox() as place, tempfile.TemporaryDirectory(prefix="checkout-phases-") as name:
        folder = Path(name)
        file, runner = folder / "phases.jsonl", Harness()
        began = time.clock_gettime(time.CLOCK_BOOTTIME)
        done = subprocess.run(
            [*runner.command(of_each + 1, 1, folder), "-p", "phase_clock", f"--phases={file}"],
            cwd=ROOT,
            env=place.environment | runner.environment(folder),
            capture_output=True,
            text=True,
            check=False,
        )
        ended = time.clock_gettime(time.CLOCK_BOOTTIME)
        if done.returncode:
            sys.exit(f"The scenarios did not pass.\n{done.stdout[-4000:]}{done.stderr[-2000:]}")
        lines = [json.loads(line) for line in file.read_text().splitlines()]
    stages = [(line["stage"], line["at"] - began) for line in lines if "stage" in line]
    stages.append(("verdict and report written", ended - began))
    return [line for line in lines if line.get("turn")], stages


def section(scenarios: Sequence[dict[str, Any]], stages: Sequence[tuple[str, float]]) -> str:
    """All tables."""
    return "\n\n".join(
        part.strip()
        for part in (
            "Milliseconds of one scenario, the mean over all; behind `·`, how many calls it makes.",
            _phases(scenarios),
            "By kind of scenario:",
            _kinds(scenarios),
            "The dearest calls, a scenario:",
            _calls(scenarios),
            "Inside the browser, from the navigation's start (median):",
            _page(scenarios),
            _requests(scenarios),
            "Around the scenarios, the whole of `harness run` in one process:",
            _stages(stages),
        )
    )


def _order() -> list[str]:
    """The phases as they come in a scenario's life."""
    known = [*FIXTURES.values(), OTHER_FIXTURES, SCENARIO, *CALLS.values(), RUNNER]
    ordered = list(dict.fromkeys(known))
    return [*ordered, *(TEARDOWN + each for each in [*dict.fromkeys(FIXTURES.values())])]


def _phases(scenarios: Sequence[dict[str, Any]]) -> str:
    spent: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    calls: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for scenario in scenarios:
        for phase, waits in scenario["phases"].items():
            for wait, (count, ms) in waits.items():
                spent[phase][wait] += ms / len(scenarios)
                calls[phase][wait] += count / len(scenarios)
    spent.pop(OVERHEAD, None)
    spent.pop(ONCE, None)
    order = [each for each in _order() if each in spent]
    order += sorted(set(spent) - set(order))
    rows = [
        [phase, f"{sum(spent[phase].values()):.1f}", *_split(spent[phase], calls[phase])]
        for phase in order
        if sum(spent[phase].values()) >= 0.05
    ]
    whole: defaultdict[str, float] = defaultdict(float)
    made: defaultdict[str, float] = defaultdict(float)
    for phase in spent:
        for wait in _WAITS:
            whole[wait] += spent[phase][wait]
            made[wait] += calls[phase][wait]
    rows.append(["**all**", f"**{sum(whole.values()):.0f}**", *_split(whole, made)])
    return table(("phase", "ms", *_WAITS), rows)


def _split(spent: dict[str, float], calls: dict[str, float]) -> Iterable[str]:
    for wait in _WAITS:
        count = f" · {calls[wait]:.1f}" if calls[wait] else ""
        yield f"{spent[wait]:.1f}{count}" if spent[wait] >= 0.05 else ""


def _kinds(scenarios: Sequence[dict[str, Any]]) -> str:
    rows = []
    for kind in SCENARIOS:
        sums = []
        for scenario in scenarios:
            if scenario["kind"] == kind:
                counted = {p: w for p, w in scenario["phases"].items() if p not in (OVERHEAD, ONCE)}
                sums.append(
                    {
                        wait: sum(waits.get(wait, (0, 0))[1] for waits in counted.values())
                        for wait in _WAITS
                    }
                )
        means = {wait: statistics.fmean(each[wait] for each in sums) for wait in _WAITS}
        rows.append(
            [kind, f"{sum(means.values()):.0f}", *(f"{means[wait]:.0f}" for wait in _WAITS)]
        )
    return table(("scenario", "ms", *_WAITS), rows)


def _calls(scenarios: Sequence[dict[str, Any]]) -> str:
    count: defaultdict[str, float] = defaultdict(float)
    spent: defaultdict[str, float] = defaultdict(float)
    for scenario in scenarios:
        for name, (made, ms) in scenario["calls"].items():
            count[name] += made / len(scenarios)
            spent[name] += ms / len(scenarios)
    dearest = sorted(spent, key=lambda name: -spent[name])[:_MOST_CALLS]
    rows = [[f"`{name}`", f"{count[name]:.1f}", f"{spent[name]:.1f}"] for name in dearest]
    return table(("call", "times", "ms"), rows)


def _page(scenarios: Sequence[dict[str, Any]]) -> str:
    times: defaultdict[str, list[float]] = defaultdict(list)
    for scenario in scenarios:
        for page in scenario["page"]:
            for name, ms in page.items():
                if ms is not None:
                    times[name].append(ms)
    rows = [[name, f"{statistics.median(ms):.0f}"] for name, ms in times.items()]
    return table(("moment", "ms"), rows)


def _requests(scenarios: Sequence[dict[str, Any]]) -> str:
    made = [scenario["requests"] for scenario in scenarios]
    return (
        f"A scenario asks the target {statistics.fmean(made):.0f} times ({min(made)} to "
        f"{max(made)}), scripts, frames and the SDK's own calls included."
    )


def _stages(stages: Sequence[tuple[str, float]]) -> str:
    rows, before = [], 0.0
    for name, at in stages:
        rows.append([name, f"{at:.2f} s", f"{at - before:.2f} s"])
        before = at
    return table(("stage", "reached after", "took"), rows)


def main() -> None:
    """Record, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=8, help="scenarios of each kind")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.relative_to(ROOT)}")
    asked = parser.parse_args()
    told = section(*record(asked.count))
    print(told)
    if asked.write:
        put(PAGE, "phases", told)


if __name__ == "__main__":
    main()
