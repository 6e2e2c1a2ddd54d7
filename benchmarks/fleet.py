"""100,000 scenarios a day on N nodes: a day of pipelines, simulated event by event.

    .venv/bin/python benchmarks/fleet.py [--scenarios-a-day 100000] [--suite 100] [--shards 4]
        [--minutes 10] [--write]

What a shard and the gate take comes from benchmarks/growth.json, as measured; everything else is
an assumption, an option, and said in the page. A run of the suite arrives, is cut into shards,
each shard takes a node for itself, and when the last one is over the gate takes a node and gives
the verdict. Runs come by a working day's profile, a part of them in bursts. On a live target all
shards share a limit of requests: beyond it all of them go slower.

`--write` puts the tables into docs/scale.md.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
import statistics
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from document import put, table
from growth import PAGE, Growth
from standing import ROOT

DAY_S = 86_400.0

#: How much of a day's runs arrives in each of its hours: a team at work, a night build.
_PROFILE = (1, 1, 6, 1, 1, 1, 1, 2, 4, 8, 10, 9, 5, 7, 10, 9, 8, 5, 3, 2, 2, 2, 1, 1)
#: Of ten runs, three come in a burst: a merge train, a matrix, a release.
_IN_BURSTS = 0.3
_BURST = 8
_BURST_S = 60.0
#: Shards differ by this much from one another, on both sides.
_UNEVEN = 0.1


@dataclass(frozen=True)
class Costs:
    """Seconds that work takes on one node, by number of scenarios."""

    shard_start_s: float
    shard_each_s: float
    gate_start_s: float
    gate_each_s: float

    def shard_s(self, scenarios: float) -> float:
        """One shard, alone on its node."""
        return self.shard_start_s + self.shard_each_s * scenarios

    def gate_s(self, scenarios: float) -> float:
        """The gate on a whole suite, with its report."""
        return self.gate_start_s + self.gate_each_s * scenarios


@dataclass(frozen=True)
class Limit:
    """What a live target bears: requests a second in all, and those that a scenario makes."""

    requests_a_second: float
    requests_a_scenario: float


@dataclass(frozen=True)
class Day:
    """What is asked of a fleet."""

    scenarios: int
    suite: int
    shards: int
    limit: Limit | None = None

    @property
    def runs(self) -> int:
        """Runs of the suite."""
        return round(self.scenarios / self.suite)


@dataclass
class Run:
    """One run of the suite; times in seconds since midnight."""

    arrived: float
    left: int
    begun: float = math.inf
    judged: float = math.inf


@dataclass
class Outcome:
    """What became of the day."""

    nodes: int
    runs: list[Run] = field(default_factory=list)
    busy_s: float = 0.0
    slowed_s: float = 0.0
    over: float = 0.0

    @property
    def utilisation(self) -> float:
        """Share of all nodes' time that was used."""
        return self.busy_s / (self.nodes * max(self.over, DAY_S))

    def waited(self, percent: int) -> float:
        """Seconds from arrival to the first shard's begin, at a percentile."""
        return _at(percent, [run.begun - run.arrived for run in self.runs])

    def took(self, percent: int) -> float:
        """Seconds from arrival to verdict, at a percentile."""
        return _at(percent, [run.judged - run.arrived for run in self.runs])


def arrivals(day: Day, seed: int = 1) -> list[float]:
    """When the day's runs come, in order."""
    chance = random.Random(seed)  # noqa: S311 -- a simulation
    hours = list(range(len(_PROFILE)))

    def moment() -> float:
        (hour,) = chance.choices(hours, _PROFILE)
        return (hour + chance.random()) * DAY_S / len(_PROFILE)

    moments: list[float] = []
    while len(moments) < day.runs:
        begin = moment()
        burst = chance.random() < _IN_BURSTS / (_IN_BURSTS + (1 - _IN_BURSTS) * _BURST)
        moments += [begin + chance.random() * _BURST_S for _ in range(_BURST if burst else 1)]
    return sorted(moments[: day.runs])


def simulate(day: Day, nodes: int, costs: Costs, moments: Sequence[float]) -> Outcome:
    """The day on so many nodes.

    Shards that share a limit go slower together, so their progress is told by a clock of their
    own, which goes slower with them: a shard is over when that clock shows what it showed at the
    shard's begin, and the shard's own seconds more.
    """
    return _Simulation(day, nodes, costs).run(moments)


class _Simulation:
    def __init__(self, day: Day, nodes: int, costs: Costs) -> None:
        self._day = day
        self._costs = costs
        self._free = nodes
        self._now = 0.0
        self._work_clock = 0.0
        self._timed: list[tuple[float, int, Callable[[], None]]] = []  # what ends at a time
        self._shards: list[tuple[float, int, Run]] = []  # by the work clock at which they end
        self._waiting: deque[tuple[bool, Run]] = deque()
        self._chance = random.Random(2)  # noqa: S311 -- a simulation
        self._number = 0
        self._outcome = Outcome(nodes)
        self._nodes = nodes

    def run(self, moments: Sequence[float]) -> Outcome:
        for moment in moments:
            self._at(moment, partial(self._arrive, moment))
        while self._timed or self._shards:
            speed = self._speed()
            timed = self._timed[0][0] if self._timed else math.inf
            shard = math.inf
            if self._shards:
                shard = self._now + (self._shards[0][0] - self._work_clock) / speed
            self._pass_to(min(timed, shard), speed)
            if timed <= shard:
                heapq.heappop(self._timed)[2]()
            else:
                self._work_clock = self._shards[0][0]  # not a rounding error short of it
                self._end_shard(heapq.heappop(self._shards)[2])
            self._begin()
        self._outcome.over = self._now
        return self._outcome

    def _at(self, moment: float, what: Callable[[], None]) -> None:
        self._number += 1
        heapq.heappush(self._timed, (moment, self._number, what))

    def _speed(self) -> float:
        """How fast scenarios go: 1 by themselves, less where they share a limit."""
        limit = self._day.limit
        if limit is None or not self._shards:
            return 1.0
        wanted = len(self._shards) * limit.requests_a_scenario / self._costs.shard_each_s
        return min(1.0, limit.requests_a_second / wanted)

    def _pass_to(self, moment: float, speed: float) -> None:
        passed = moment - self._now
        self._outcome.busy_s += passed * (self._nodes - self._free)
        self._outcome.slowed_s += passed * len(self._shards) * (1 - speed)
        self._work_clock += passed * speed
        self._now = moment

    def _arrive(self, moment: float) -> None:
        run = Run(moment, self._day.shards)
        self._outcome.runs.append(run)
        self._waiting.extend([(False, run)] * self._day.shards)

    def _begin(self) -> None:
        while self._free and self._waiting:
            self._free -= 1
            is_gate, run = self._waiting.popleft()
            if is_gate:
                ends = self._now + self._costs.gate_s(self._day.suite)
                self._at(ends, partial(self._judge, run))
            else:
                run.begun = min(run.begun, self._now)
                self._at(self._now + self._costs.shard_start_s, partial(self._work, run))

    def _work(self, run: Run) -> None:
        """A shard has started, and makes requests from now on."""
        uneven = self._chance.uniform(1 - _UNEVEN, 1 + _UNEVEN)
        work = self._costs.shard_each_s * self._day.suite / self._day.shards * uneven
        self._number += 1
        heapq.heappush(self._shards, (self._work_clock + work, self._number, run))

    def _end_shard(self, run: Run) -> None:
        self._free += 1
        run.left -= 1
        if not run.left:
            self._waiting.appendleft((True, run))  # somebody waits for this verdict

    def _judge(self, run: Run) -> None:
        self._free += 1
        run.judged = self._now


def _at(percent: int, values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _least(day: Day, costs: Costs) -> int:
    """The nodes without which the day's work does not fit into the day."""
    a_run = day.shards * costs.shard_s(day.suite / day.shards) + costs.gate_s(day.suite)
    return math.ceil(day.runs * a_run / DAY_S)


def enough(day: Day, costs: Costs, within_s: float) -> Outcome | None:
    """The smallest fleet on which 95 of 100 verdicts come in time; None: no fleet does."""
    moments = arrivals(day)
    low, high = _least(day, costs), 64 * _least(day, costs)

    def good(nodes: int) -> bool:
        return simulate(day, nodes, costs, moments).took(95) <= within_s

    if not good(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if good(middle) else (middle + 1, high)
    return simulate(day, low, costs, moments)


@dataclass(frozen=True)
class Assumptions:
    """What is not measured here: seconds, requests, and the price of a node's hour."""

    node_start_s: float
    limit: Limit
    price: float
    within_s: float


def section(growth: Growth, day: Day, assumed: Assumptions) -> str:
    """What the simulation says, and what it rests on."""
    wall, gate = growth.wall(), growth.gate()
    costs = Costs(
        wall.start + assumed.node_start_s,
        wall.slope,
        gate.start + assumed.node_start_s,
        max(0.0, gate.slope),
    )
    limit = assumed.limit
    rests_on = (
        f"{day.scenarios:,} scenarios a day are {day.runs:,} runs of a suite of {day.suite}. "
        f"A node is what was measured here ({growth.cores} cores, {growth.best()} workers): a "
        f"shard of n scenarios takes {costs.shard_start_s:.1f} + {costs.shard_each_s:.3f} n "
        f"seconds, the gate {costs.gate_start_s:.1f} + {costs.gate_each_s:.4f} n; "
        f"{assumed.node_start_s:g} s of each are the start of a node's job."
    )
    fleets = f"Fleets, {day.shards} shards a run, every shard with a sandbox of its own:"
    shardings = (
        "Shards a run; the smallest fleet that gives 95 of 100 verdicts within "
        f"{assumed.within_s / 60:g} minutes:"
    )
    live = (
        f"The same on one live target that bears {limit.requests_a_second:g} requests a second, "
        f"{limit.requests_a_scenario:g} of which a scenario makes:"
    )
    first = "What gives out first, by what each could serve in a day if it were busy all day:"
    parts = [
        *(rests_on, fleets, _fleets(day, costs, assumed)),
        *(shardings, _shardings(day, costs, assumed)),
        *(live, _on_a_live_target(day, costs, assumed)),
        *(first, _bottlenecks(growth, day, costs, assumed)),
    ]
    return "\n\n".join(part.strip() for part in parts)


def _fleets(day: Day, costs: Costs, assumed: Assumptions) -> str:
    least, moments = _least(day, costs), arrivals(day)
    sizes = sorted({math.ceil(least * factor) for factor in (1, 1.25, 1.5, 2, 3, 4, 6)})
    rows = [_row(simulate(day, nodes, costs, moments), assumed) for nodes in sizes]
    return table(_HEAD, rows)


_HEAD = (
    *("nodes", "busy", "waits, p50", "p95", "verdict after, p50", "p95", "p99"),
    *("node hours used", "cost used", "cost if always on"),
)


def _row(outcome: Outcome, assumed: Assumptions) -> list[str]:
    used = outcome.busy_s / 3600
    return [
        str(outcome.nodes),
        f"{outcome.utilisation:.0%}",
        *(_told(outcome.waited(percent)) for percent in (50, 95)),
        *(_told(outcome.took(percent)) for percent in (50, 95, 99)),
        f"{used:.0f}",
        f"{used * assumed.price:.2f}",
        f"{outcome.nodes * 24 * assumed.price:.2f}",
    ]


def _shardings(day: Day, costs: Costs, assumed: Assumptions) -> str:
    rows = []
    for shards in (1, 2, 4, 8, 16):
        cut = Day(day.scenarios, day.suite, shards)
        found = enough(cut, costs, assumed.within_s)
        fixed = shards * costs.shard_start_s + costs.gate_start_s
        all_ = fixed + costs.shard_each_s * day.suite + costs.gate_each_s * day.suite
        lost = f"{fixed / all_:.0%}"
        told = _row(found, assumed) if found else ["none", *["–"] * (len(_HEAD) - 1)]  # noqa: RUF001
        rows.append([str(shards), lost, *told])
    return table(("shards", "spent on starting", *_HEAD), rows)


def _on_a_live_target(day: Day, costs: Costs, assumed: Assumptions) -> str:
    moments = arrivals(day)
    limited = Day(day.scenarios, day.suite, day.shards, assumed.limit)
    least = _least(day, costs)
    rows = []
    for factor in (1.5, 3, 6):
        outcome = simulate(limited, math.ceil(least * factor), costs, moments)
        slowed = f"{outcome.slowed_s / outcome.busy_s:.0%}"
        late = max(0.0, outcome.over - DAY_S)
        rows.append([*_row(outcome, assumed)[:7], slowed, _told(late)])
    return table((*_HEAD[:7], "of it held back", "past midnight"), rows)


def _bottlenecks(growth: Growth, day: Day, costs: Costs, assumed: Assumptions) -> str:
    memory, sandbox = growth.memory(), growth.sandbox_cpu()
    a_run = day.shards * costs.shard_s(day.suite / day.shards) + costs.gate_s(day.suite)
    per_worker = 1024 / memory.slope if memory.slope > 0 else math.inf
    rate = assumed.limit.requests_a_second / assumed.limit.requests_a_scenario
    alone = DAY_S * growth.best() / growth.cores
    rows = [
        ["one node's cores", f"{DAY_S / a_run * day.suite:,.0f}", "more nodes, linearly"],
        [
            "one node's memory",
            f"{alone * per_worker / costs.shard_each_s / growth.best():,.0f} a GiB",
            f"{memory.slope:.0f} MiB a worker: cores end long before it",
        ],
        [
            "one sandbox shared by all",
            f"{DAY_S / sandbox.slope:,.0f}" if sandbox.slope > 0 else "–",  # noqa: RUF001
            "one thread; a sandbox a shard, as it is by default",
        ],
        [
            "the gate, one after another",
            f"{DAY_S / costs.gate_s(day.suite) * day.suite:,.0f}",
            "gates of different runs share nothing",
        ],
        ["one live target's limit", f"{DAY_S * rate:,.0f}", "another limit, or another target"],
    ]
    return table(("what", "scenarios a day", "what then"), rows)


def _told(seconds: float) -> str:
    if not math.isfinite(seconds):
        return "never"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.1f} min"


def main() -> None:
    """Simulate, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scenarios-a-day", type=int, default=100_000)
    parser.add_argument("--suite", type=int, default=100, help="scenarios of one run")
    parser.add_argument("--shards", type=int, default=4, help="of one run")
    parser.add_argument("--minutes", type=float, default=10.0, help="to a verdict, for 95 of 100")
    parser.add_argument("--node-start-s", type=float, default=15.0, help="before a job begins")
    parser.add_argument("--requests", type=float, default=10.0, help="a scenario, to the target")
    parser.add_argument("--limit", type=float, default=25.0, help="requests a second, live target")
    parser.add_argument("--price", type=float, default=0.10, help="of a node's hour, any currency")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.relative_to(ROOT)}")
    asked = parser.parse_args()
    if not 1 <= asked.shards <= asked.suite <= asked.scenarios_a_day / 2:
        parser.error("--shards fit into --suite, and two suites or more into --scenarios-a-day.")
    limit = Limit(asked.limit, asked.requests)
    assumed = Assumptions(asked.node_start_s, limit, asked.price, asked.minutes * 60)
    day = Day(asked.scenarios_a_day, asked.suite, asked.shards)
    told = section(Growth.load_from(), day, assumed)
    print(told)
    if asked.write:
        put(PAGE, "fleet", told)


if __name__ == "__main__":
    main()
