"""Shards, in whatever order, are one run; and a run with a piece missing is none."""

from __future__ import annotations

import itertools

from harness.gate.judge import judge
from harness.gate.merge import merge
from harness.gate.policy import Policy, TargetPolicy
from harness.gate.results import RunRecord
from tests.gate.story import Story, shard

FLOWS = {"a": "card/paid", "b": "card/declined", "c": "redirect/paid", "d": "link/bulk"}
POLICY = Policy(embedded=TargetPolicy(must_run=tuple(FLOWS.values())))


def _shard(index: int) -> RunRecord:
    name = list(FLOWS)[index - 1]
    story = shard(index, 4).collected(**{name: FLOWS[name]})
    return (story.failed(name) if name == "c" else story.passed(name)).finished()


def _whole() -> RunRecord:
    story = Story().collected(**FLOWS)
    for name in FLOWS:
        _ = story.failed(name) if name == "c" else story.passed(name)
    return story.finished(1)


def test_shards_in_any_order_give_the_verdict_of_the_whole() -> None:
    """1/4 … 4/4 in each of their 24 orders: statuses, flows, reasons and counts are the same."""
    told = {"verdict", "exit_code", "reasons", "counts", "flows", "scenarios"}
    expected = judge(_whole(), POLICY).model_dump(include=told)

    for order in itertools.permutations(_shard(index) for index in range(1, 5)):
        assert judge(merge(order), POLICY).model_dump(include=told) == expected


def test_a_missing_shard_is_named() -> None:
    """Three of four: inconclusive at least, and the fourth is named."""
    record = merge([_shard(4), _shard(1), _shard(2)])

    verdict = judge(record, POLICY)

    assert verdict.exit_code == 3
    assert "Shard 3 of 4 is missing." in verdict.reasons
    assert "No scenario stands for redirect/paid." in verdict.reasons


def test_a_shard_twice() -> None:
    """The same shard handed in twice is told, and so is its scenario."""
    verdict = judge(merge([_shard(1), _shard(1), _shard(2), _shard(4)]), POLICY)

    assert verdict.exit_code == 3
    assert "Shard 1 of 4 is there more than once." in verdict.reasons
    assert "scenarios/test_it.py::a is in more than one shard." in verdict.reasons


def test_shards_of_different_runs() -> None:
    """A shard of four and one of two do not make a run."""
    other = shard(2, 2).collected(d="link/bulk").passed("d").finished()

    verdict = judge(merge([_shard(1), other]), POLICY)

    assert "These shards are of different runs: one of 2 and one of 4." in verdict.reasons
    assert verdict.exit_code == 3


def test_a_shard_that_was_killed() -> None:
    """A shard that did not come to its end keeps the whole from being green, by its number."""
    killed = shard(3, 4).collected(c="redirect/paid").record()

    verdict = judge(merge([_shard(1), _shard(2), killed, _shard(4)]), POLICY)

    assert verdict.exit_code == 3
    assert "Shard 3 did not come to its end." in verdict.reasons
    assert verdict.counts.missing == 1


def test_a_lost_target_excuses_only_its_own_shard() -> None:
    """The sandbox of one shard died; what failed in another did fail."""
    lost = shard(1, 2).collected(a="card/paid").lost().failed("a").finished(2)
    other = shard(2, 2).collected(b="card/declined")
    other.passed("b", 60).failed("b")

    verdict = judge(merge([lost, other.finished(1)]), Policy(embedded=TargetPolicy(must_run=())))

    assert [each.status for each in verdict.scenarios] == ["broken", "failed"]
    assert verdict.exit_code == 1
