"""The same scenarios by this harness, a bare script and `@playwright/test`, side by side.

    .venv/bin/python benchmarks/compare.py [--rounds 5] [--count 8] [--only TEXT]… [--write]

Six scenarios, `--count` of each, on one standing sandbox with one browser binary. In every round
each runner has its turn, in an order of that round's own, and with it a run of one of each, which
tells start and end from what each further scenario takes. A round before them warms everything up
and weighs the memory, which is too dear for a run that is timed. `--only` keeps the variants whose
name has that text ("bare script/2"). A run in which not every scenario passed ends the benchmark.
`--write` puts the tables into docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from document import put, table
from meter import Cost, measure
from representative import SCENARIOS
from runners import BareScript, Harness, PlaywrightTest, Variant, evidence
from standing import ROOT, Sandbox, sandbox

from harness import browser
from harness.gate.run import LANES

PAGE = ROOT / "docs" / "performance.md"
RAW = ROOT / "reports" / "benchmarks" / "compare.json"
WORKERS = (1, 2, 4)
_EVIDENCE_WORKERS = 2


@dataclass
class Measured:
    """What all rounds of one variant cost. The sandbox's share is beside, not in, `costs`.

    `short` are runs with one scenario of each kind: what these take less than the whole is what
    further scenarios take, without the start and the end of a run.
    """

    variant: Variant
    of_each: int
    peak_mib: float = 0.0
    costs: list[Cost] = field(default_factory=list)
    short: list[Cost] = field(default_factory=list)
    sandbox_cpu_s: list[float] = field(default_factory=list)

    @property
    def wall_s(self) -> float:
        """The median."""
        return statistics.median(cost.wall_s for cost in self.costs)

    @property
    def cpu_s(self) -> float:
        """The median."""
        return statistics.median(cost.cpu_s for cost in self.costs)

    @property
    def further_s(self) -> float:
        """Seconds that each further scenario takes; 0 where no run was longer than a short one."""
        more = (self.of_each - 1) * len(SCENARIOS)
        short = statistics.median(cost.wall_s for cost in self.short)
        return (self.wall_s - short) / more if more else 0.0

    def row(self) -> list[str]:
        """Time and its spread, start and end, time a scenario, processor, memory."""
        walls = [cost.wall_s for cost in self.costs]
        around = self.wall_s - self.further_s * self.of_each * len(SCENARIOS)
        known = self.further_s > 0
        return [
            f"{self.wall_s:.1f} s ({min(walls):.1f}–{max(walls):.1f})",  # noqa: RUF001 -- a range
            f"{around:.1f} s" if known else "",
            f"{self.further_s * 1000:.0f} ms" if known else "",
            f"{self.cpu_s:.1f} s",
            f"{statistics.median(self.sandbox_cpu_s):.1f} s",
            f"{self.peak_mib:.0f} MiB",
        ]


HEAD = (
    *("wall, median (spread)", "start and end", "each scenario"),
    *("CPU", "CPU of the sandbox", "peak memory"),
)


def variants() -> list[Variant]:
    """All that can be measured here."""
    compared = (Harness(), BareScript(), PlaywrightTest())
    return [
        *(Variant(runner, workers) for runner in compared for workers in WORKERS),
        *(Variant(runner, _EVIDENCE_WORKERS, "evidence") for runner in evidence()),
    ]


def run(
    variant: Variant, of_each: int, place: Sandbox, reports: Path, *, weighed: bool = False
) -> Cost:
    """One run of a variant, all it leaves behind in `reports`.

    Ends the program unless every scenario passed.
    """
    log, runner = reports / "output.log", variant.runner
    cost = measure(
        runner.command(of_each, variant.workers, reports),
        log,
        environment=place.environment | runner.environment(reports),
        folder=runner.folder,
        weighed=weighed,
    )
    due, passed = of_each * len(SCENARIOS), runner.passed(reports, log)
    if cost.exit_code or passed != due:
        told = log.read_text(errors="replace")[-4000:]
        sys.exit(f"{variant}: {passed} of {due} passed, exit code {cost.exit_code}.\n{told}")
    if cost.left_behind:
        print(f"  {variant} left {cost.left_behind} processes behind")
    return cost


def rounds(chosen: Sequence[Variant], count: int, of_each: int) -> list[Measured]:
    """All variants, interleaved."""
    measured = [Measured(variant, of_each) for variant in chosen]
    with sandbox() as place, _folders() as folder:
        for each in measured:
            each.peak_mib = run(each.variant, of_each, place, next(folder), weighed=True).peak_mib
            print(f"warm-up  {each.variant}: {each.peak_mib:.0f} MiB", flush=True)
        for number in range(1, count + 1):
            order = random.Random(number).sample(measured, len(measured))  # noqa: S311 -- an order
            for each in order:
                before = place.cpu_s
                cost = run(each.variant, of_each, place, next(folder))
                each.costs.append(cost)
                each.sandbox_cpu_s.append(place.cpu_s - before)
                each.short.append(
                    run(each.variant, 1, place, next(folder)) if of_each > 1 else cost
                )
                said = f"{cost.wall_s:.1f} s, CPU {cost.cpu_s:.1f} s"
                print(f"round {number}  {each.variant}: {said}", flush=True)
    return measured


@contextmanager
def _folders() -> Iterator[Iterator[Path]]:
    """Empty folders without end, each gone with its content when the next is asked for."""

    def one_after_another() -> Generator[Path]:
        while True:
            with tempfile.TemporaryDirectory(prefix="checkout-benchmark-") as name:
                yield Path(name)

    with closing(one_after_another()) as folders:
        yield folders


def section(measured: Sequence[Measured], of_each: int, count: int) -> str:
    """Both tables, and what the goals come to."""
    scenarios = of_each * len(SCENARIOS)
    compared = [each for each in measured if each.variant.about == "comparison"]
    kinds = [each for each in measured if each.variant.about == "evidence"]
    parts = [_where(scenarios, count)]
    if compared:
        rows = [
            [each.variant.runner.name, str(each.variant.workers), *each.row()] for each in compared
        ]
        parts += [table(("runner", "workers", *HEAD), rows), _goals(compared)]
    if kinds:
        rows = [[each.variant.runner.name, *each.row()] for each in kinds]
        parts += [
            f"Evidence of this harness, each kind in turn, {_EVIDENCE_WORKERS} workers:",
            table(("evidence", *HEAD), rows),
        ]
        if not any(each.variant.runner.name == "a video" for each in kinds):
            parts.append("No video: Playwright's own ffmpeg is not on this machine.")
    return "\n\n".join(part.strip() for part in parts if part)


def _where(scenarios: int, count: int) -> str:
    choice = browser.find()
    return (
        f"{scenarios} scenarios a run ({', '.join(SCENARIOS)}), median of {count} interleaved "
        f"rounds. Each scenario: what a run takes more than one of {len(SCENARIOS)}, shared among "
        "the scenarios it has more; start and end: the rest. "
        f"Chromium {choice.version}, Python {platform.python_version()}, "
        f"{len(os.sched_getaffinity(0))} cores, load average {os.getloadavg()[0]:.1f} at the end. "
        "CPU and memory are those of the runner's whole process tree, browsers included; memory "
        "is the proportional set size."
    )


def _goals(compared: Sequence[Measured]) -> str:
    by_name: dict[str, dict[int, Measured]] = {}
    for each in compared:
        by_name.setdefault(each.variant.runner.name, {})[each.variant.workers] = each
    ours = by_name.get(Harness().name, {})
    theirs = by_name.get(PlaywrightTest().name, {})
    floor = by_name.get(BareScript().name, {})
    rows = []
    for workers in sorted({2, LANES} & set(ours)) if theirs else ():
        best = min(theirs.values(), key=lambda each: each.wall_s)
        over = f"{workers} workers, over `@playwright/test` at its best ({best.variant.workers})"
        wall, cpu = ours[workers].wall_s / best.wall_s, ours[workers].cpu_s / best.cpu_s
        rows.append([f"wall time, {over}", f"{wall:.2f}", "≤ 0.85"])
        rows.append([f"CPU, {over}", f"{cpu:.2f}", "≤ 1"])
    for workers in sorted(set(ours) & set(floor)):
        if floor[workers].further_s > 0:
            ratio = ours[workers].further_s / floor[workers].further_s
            what = f"each scenario over the bare script, workers {workers}"
            rows.append([what, f"{ratio:.2f}", "≤ 1.1"])
    return table(("this harness", "ratio", "goal"), rows) if rows else ""


def main() -> None:
    """Measure, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=8, help="scenarios of each kind")
    parser.add_argument("--only", action="append", default=[], help="part of a variant's name")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.relative_to(ROOT)}")
    asked = parser.parse_args()
    if min(asked.rounds, asked.count) < 1:
        parser.error("--rounds and --count are at least 1.")
    everything = variants()
    chosen = [
        each
        for each in everything
        if not asked.only or any(text in str(each) for text in asked.only)
    ]
    if not chosen:
        parser.error(f"--only leaves nothing of: {', '.join(map(str, everything))}.")
    PlaywrightTest.install()
    measured = rounds(chosen, asked.rounds, asked.count)
    told = section(measured, asked.count, asked.rounds)
    print(f"\n{told}")
    RAW.parent.mkdir(parents=True, exist_ok=True)
    raw = {
        str(each.variant): {
            "peak_mib": each.peak_mib,
            "sandbox_cpu_s": each.sandbox_cpu_s,
            "rounds": [asdict(cost) for cost in each.costs],
            "short": [asdict(cost) for cost in each.short],
        }
        for each in measured
    }
    RAW.write_text(json.dumps(raw, indent=2))
    if asked.write:
        put(PAGE, "comparison", told)


if __name__ == "__main__":
    main()
