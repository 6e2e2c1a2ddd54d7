"""How time, memory and the sandbox's load grow with scenarios and with workers.

    .venv/bin/python benchmarks/growth.py [--scenarios 30 96 300 960 3000] [--workers 1 2 4 8]
        [--across 96] [--write]

Every number of scenarios at every number of workers would take hours, so it is a cross: all
numbers of scenarios at the number of workers that is best for `--across` scenarios, and all
numbers of workers for `--across` scenarios. Lines are laid through both. `--write` keeps what was
measured in benchmarks/growth.json, which `fleet.py` reckons with, and puts the tables into
docs/scale.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from compare import run
from document import put, table
from line import Line, through
from meter import measure as weigh
from representative import SCENARIOS
from runners import POLICY, Harness, Variant
from standing import ROOT, Sandbox, sandbox

PAGE = ROOT / "docs" / "scale.md"
DATA = Path(__file__).with_name("growth.json")
#: The issue's own bound: ten times the scenarios take at most this many times the time.
_TENFOLD = 10.5
#: A shard leaves the page to the gate.
_RUNNER = Harness(options=("--no-report",))


@dataclass(frozen=True)
class Point:
    """One run: seconds and MiB; the sandbox's share stands apart from the run's own."""

    scenarios: int
    workers: int
    wall_s: float
    cpu_s: float
    peak_mib: float
    sandbox_cpu_s: float
    sandbox_mib: float


@dataclass(frozen=True)
class Growth:
    """What was measured, and where."""

    cores: int
    python: str
    load: float
    points: tuple[Point, ...]
    gate_s: tuple[tuple[int, float], ...]

    @classmethod
    def load_from(cls, file: Path = DATA) -> Growth:
        """What a measurement kept; ends the program where there is none."""
        if not file.exists():
            sys.exit(f"{file} is not there: make it with benchmarks/growth.py --write.")
        read = json.loads(file.read_text())
        points = tuple(Point(**each) for each in read.pop("points"))
        gate_s = tuple((int(scenarios), float(s)) for scenarios, s in read.pop("gate_s"))
        return cls(**read, points=points, gate_s=gate_s)

    def along(self, workers: int) -> list[Point]:
        """The points with so many workers."""
        return [point for point in self.points if point.workers == workers]

    def best(self) -> int:
        """The number of workers along which scenarios were varied."""
        counts = [point.workers for point in self.points]
        return max(set(counts), key=counts.count)

    def wall(self) -> Line:
        """Seconds by scenarios, with the best number of workers."""
        points = self.along(self.best())
        return through([p.scenarios for p in points], [p.wall_s for p in points])

    def cpu(self) -> Line:
        """Processor seconds by scenarios, the sandbox's included."""
        points = self.along(self.best())
        used = [p.cpu_s + p.sandbox_cpu_s for p in points]
        return through([p.scenarios for p in points], used)

    def sandbox_cpu(self) -> Line:
        """The sandbox's own processor seconds by scenarios."""
        points = self.along(self.best())
        return through([p.scenarios for p in points], [p.sandbox_cpu_s for p in points])

    def memory(self) -> Line:
        """MiB by workers."""
        across = [p for p in self.points if p.scenarios == self._across()]
        return through([p.workers for p in across], [p.peak_mib for p in across])

    def gate(self) -> Line:
        """Seconds that the gate takes with its report, by scenarios."""
        return through(*zip(*self.gate_s, strict=True))

    def _across(self) -> int:
        counts = [point.scenarios for point in self.points]
        return max(set(counts), key=counts.count)


def measure(numbers: Sequence[int], workers: Sequence[int], across: int) -> Growth:
    """The cross of both, and the gate on what the runs left behind."""
    gates: list[tuple[int, float]] = []
    with sandbox() as place:

        def at(scenarios: int, count: int, *, judged: bool = False) -> Point:
            of_each = max(1, round(scenarios / len(SCENARIOS)))
            before = place.cpu_s
            with tempfile.TemporaryDirectory(prefix="checkout-growth-") as name:
                folder = Path(name)
                cost = run(Variant(_RUNNER, count), of_each, place, folder, weighed=True)
                if judged:
                    gates.append((of_each * len(SCENARIOS), _gate(folder, place)))
            point = Point(
                of_each * len(SCENARIOS),
                count,
                cost.wall_s,
                cost.cpu_s,
                cost.peak_mib,
                place.cpu_s - before,
                place.memory_mib,
            )
            print(point, flush=True)
            return point

        at(len(SCENARIOS), 1)  # warms up
        points = [at(across, count) for count in workers]
        best = min(points, key=lambda point: point.wall_s).workers
        points += [at(each, best, judged=True) for each in numbers]
    cores = len(os.sched_getaffinity(0))
    where = platform.python_version()
    return Growth(cores, where, round(os.getloadavg()[0], 1), tuple(points), tuple(gates))


def _gate(run_in: Path, place: Sandbox) -> float:
    """Seconds of the job that judges a run and makes its report, as the last one of a pipeline."""
    command = [sys.executable, "-m", "harness", "gate", str(run_in / "reports")]
    judged = [*command, f"--policy={POLICY}", f"--reports={run_in / 'judged'}"]
    log = run_in / "gate.log"
    cost = weigh(judged, log, environment=place.environment, folder=ROOT)
    if cost.exit_code:
        sys.exit(f"The gate ended with {cost.exit_code}.\n{log.read_text()[-4000:]}")
    return cost.wall_s


def section(growth: Growth) -> str:
    """What was measured, and the lines through it."""
    best = growth.best()
    rows = [
        [
            f"{p.scenarios:,}",
            str(p.workers),
            f"{p.wall_s:.1f} s",
            f"{p.scenarios / p.wall_s * 60:.0f}",
            f"{p.cpu_s / p.scenarios:.2f} s",
            f"{p.peak_mib:.0f} MiB",
            f"{p.sandbox_cpu_s / p.scenarios * 1000:.0f} ms",
            f"{p.sandbox_mib:.0f} MiB",
        ]
        for p in sorted(growth.points, key=lambda p: (p.workers != best, p.workers, p.scenarios))
    ]
    head = (
        *("scenarios", "workers", "wall", "a minute", "CPU a scenario", "peak memory"),
        *("sandbox's CPU a scenario", "sandbox's memory"),
    )
    wall, cpu, memory = growth.wall(), growth.cpu(), growth.memory()
    gate, sandbox_cpu = growth.gate(), growth.sandbox_cpu()
    smallest = min(p.scenarios for p in growth.along(best))
    tenfold = wall.at(smallest * 10) / wall.at(smallest)
    lines = table(
        ("line", "at zero", "each", "R²"),
        [
            _line(f"wall time, {best} workers, by scenarios", wall, "s"),
            _line("CPU with the sandbox's, by scenarios", cpu, "s"),
            _line("the sandbox's CPU, by scenarios", sandbox_cpu, "s"),
            _line("peak memory, by workers", memory, "MiB"),
            _line("the gate with its report, by scenarios", gate, "s"),
        ],
    )
    return "\n\n".join(
        part.strip()
        for part in (
            f"{growth.cores} cores, Python {growth.python}, load average {growth.load} at the end.",
            table(head, rows),
            lines,
            f"Ten times {smallest} scenarios take {tenfold:.1f} times as long (goal: {_TENFOLD}).",
        )
    )


def _line(name: str, line: Line, unit: str) -> list[str]:
    return [name, f"{line.start:.2f} {unit}", f"{line.slope:.3f} {unit}", f"{line.r2:.3f}"]


def main() -> None:
    """Measure, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scenarios", type=int, nargs="+", default=[30, 96, 300, 960, 3000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--across", type=int, default=96, help="scenarios when workers vary")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.relative_to(ROOT)}")
    asked = parser.parse_args()
    if min(len(asked.scenarios), len(asked.workers)) < 2:
        parser.error(
            "--scenarios and --workers each need two numbers or more, or there is no line."
        )
    growth = measure(asked.scenarios, asked.workers, asked.across)
    told = section(growth)
    print(told)
    if asked.write:
        DATA.write_text(json.dumps(asdict(growth), indent=2) + "\n")
        put(PAGE, "growth", told)


if __name__ == "__main__":
    main()
