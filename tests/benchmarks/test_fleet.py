"""The simulation of a fleet gives what can be reckoned by hand."""

from __future__ import annotations

import pytest
from fleet import Costs, Day, Limit, arrivals, simulate

_COSTS = Costs(shard_start_s=10, shard_each_s=1, gate_start_s=5, gate_each_s=0)


def test_a_run_alone_takes_its_longest_shard_and_the_gate() -> None:
    """With a node a shard, the verdict is there after the start, the scenarios and the gate."""
    outcome = simulate(Day(100, 100, shards=4), 4, _COSTS, [0.0])

    (run,) = outcome.runs
    assert run.begun == 0
    # A quarter of the scenarios each, give or take a tenth.
    assert 10 + 25 * 0.9 + 5 <= run.judged <= 10 + 25 * 1.1 + 5


def test_shards_wait_for_a_node_and_the_gate_goes_first() -> None:
    """On one node everything comes after the other, a verdict before the next run's shards."""
    outcome = simulate(Day(20, 10, shards=1), 1, _COSTS, [0.0, 1.0])

    first, second = outcome.runs
    assert second.begun == pytest.approx(first.judged)
    assert outcome.busy_s == pytest.approx(second.judged)


def test_all_work_is_done_whatever_the_fleet() -> None:
    """The node hours that a day takes do not depend on how many nodes there are."""
    day = Day(5_000, 50, shards=2)
    moments = arrivals(day)

    few, many = (simulate(day, nodes, _COSTS, moments) for nodes in (2, 20))

    assert len(few.runs) == len(many.runs) == day.runs
    assert few.busy_s == pytest.approx(many.busy_s, rel=0.01)
    assert few.took(95) > many.took(95)


def test_a_limit_that_is_shared_slows_all_and_starts_none() -> None:
    """Two shards that together ask twice what the target bears take their scenarios' time twice."""
    limit = Limit(requests_a_second=4, requests_a_scenario=4)
    day = Day(200, 100, shards=2, limit=limit)

    (run,) = simulate(day, 2, _COSTS, [0.0]).runs

    # 50 scenarios a shard, a second each, at half the speed; the start asks nothing.
    assert run.judged == pytest.approx(10 + 2 * 50 + 5, rel=0.1)
