"""A run in shards and the gate over them, as a pipeline does it."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.plugin import durations
from harness.plugin.shards import divide
from tests.runs.project import ROOT, Project, environment

FOUR = """
@flow("card/paid")
def test_one(): pass

@flow("card/declined")
def test_two():
    assert False, "success fired"

@flow("redirect/paid")
def test_three(): pass

@flow("link/bulk")
def test_four(): pass
"""


def _scenario(name: str) -> str:
    return f"scenarios/test_it.py::test_{name}"


def _record(project: Project, **seconds: float) -> None:
    known = {_scenario(name): each for name, each in seconds.items()}
    project.write("ci/durations.json", json.dumps(known))


def test_shards_and_gate_give_the_verdict_of_one_run(project: Project) -> None:
    """Two shards, each red or green by itself, and the gate says of both what one run says."""
    project.scenarios(FOUR)
    project.policy('live.must_run = ["card/paid", "card/declined", "redirect/paid"]\n')

    whole = project.run("--seed=7")
    shards = [
        project.run("--seed=7", "--shards=2", f"--shard={index}", reports=f"shards/{index}")
        for index in (1, 2)
    ]
    gate = project.finish(project.start("gate", "--no-report", "shards/2", "shards/1"))

    assert [shard.code for shard in shards] == [0, 1]
    assert gate.code == whole.code == 1
    for part in ("verdict", "exit_code", "reasons", "counts"):
        assert gate.verdict[part] == whole.verdict[part]
    assert gate.statuses == whole.statuses
    again = "python -m harness run scenarios/test_it.py::test_two --seed=7"
    assert again in gate.out

    lacking = project.finish(project.start("gate", "--no-report", "shards/1"))
    assert lacking.code == 3
    assert "Shard 2 of 2 is missing." in lacking.reasons


@pytest.fixture(scope="module")
def ours() -> list[pytest.Item]:
    """The ids of the scenarios of this repository, as they are collected."""
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "scenarios", "--collect-only", "-q", "-n0"],
        cwd=ROOT,
        env={**environment(), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    ids = [line for line in listed.stdout.splitlines() if "::" in line]
    assert len(ids) > 40, listed.stdout + listed.stderr
    return _items(ids)


def _items(ids: list[str]) -> list[pytest.Item]:
    """What pytest-split looks at in an item."""

    class Item(SimpleNamespace):
        def __str__(self) -> str:
            return f"<Function {self.nodeid}>"

    return [cast("pytest.Item", Item(nodeid=each)) for each in ids]


def _seconds(shard: list[pytest.Item], known: Mapping[str, float]) -> float:
    return sum(known.get(durations.in_any_browser(each.nodeid), 0.0) for each in shard)


@pytest.mark.parametrize("count", range(2, 9))
def test_our_own_shards_take_about_the_same_time(ours: list[pytest.Item], count: int) -> None:
    """From halves to eighths, by the committed durations, none takes 20 % more than another."""
    known = durations.load(ROOT)
    recorded = [each for each in ours if durations.in_any_browser(each.nodeid) in known]

    times = [_seconds(shard, known) for shard in divide(recorded, count, known)]

    assert max(times) <= 1.2 * min(times), times


def test_the_committed_durations_are_of_these_scenarios(ours: list[pytest.Item]) -> None:
    """Most scenarios are known by their duration; when not, `make durations` is due."""
    known = durations.load(ROOT)
    unknown = [each for each in ours if durations.in_any_browser(each.nodeid) not in known]

    assert len(unknown) <= 0.25 * len(ours), [each.nodeid for each in unknown]


def test_shards_do_not_depend_on_the_order_of_files(ours: list[pytest.Item]) -> None:
    """A machine that reads files in another order is given the same part, and all are given out."""
    known = durations.load(ROOT)
    shuffled = random.Random(7).sample(ours, len(ours))  # noqa: S311 -- the same each time

    there, here = (
        [{each.nodeid for each in shard} for shard in divide(items, 5, known)]
        for items in (shuffled, ours)
    )

    assert there == here
    assert set().union(*here) == {each.nodeid for each in ours}
    assert sum(map(len, here)) == len(ours)


def test_another_browser_is_divided_by_the_same_durations() -> None:
    """What was recorded in Chromium counts for Firefox, with parameters and without."""
    known = {"a.py::one": 9.0, "a.py::two[KWD]": 1.0, "a.py::three": 1.0}

    first, second = divide(
        _items(["a.py::one[firefox]", "a.py::two[firefox-KWD]", "a.py::three[firefox]"]), 2, known
    )

    assert [each.nodeid for each in first] == ["a.py::one[firefox]"]
    assert len(second) == 2


def test_a_pod_of_an_indexed_job_knows_its_shard(project: Project) -> None:
    """Kubernetes counts from 0; an option outweighs what it says."""
    project.scenarios(FOUR)
    _record(project, one=1.0, two=1.0, three=1.0, four=9.0)
    pod = {"JOB_COMPLETION_INDEX": "0", "HARNESS_SHARDS": "2"}

    longest = project.run(environment=pod)
    others = project.run("--shard=2", environment=pod, reports="others")

    assert list(longest.statuses) == ["test_four"]
    assert list(others.statuses) == ["test_one", "test_two", "test_three"]
    assert "This is shard 1 of 2" in longest.reasons


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--shards=4"], "--shards says how many shards there are, and nothing which one"),
        (["--shard=1"], "--shard says which shard to run, and nothing says of how many"),
        (["--shards=4", "--shard=5"], "--shard is 5, and there are 4 shards (--shards)."),
        (["--shards=4", "--shard=0"], "--shard is '0'; it is a whole number from 1 on."),
        (["--shards=four", "--shard=1"], "--shards is 'four'; it is a whole number from 1"),
        (["--splits=4", "--group=1"], "divided by --shards N --shard K, not by --splits"),
    ],
)
def test_wrong_numbers(project: Project, options: list[str], said: str) -> None:
    """Each is one sentence and exit code 2, and nothing runs."""
    project.scenarios(FOUR)

    outcome = project.run(*options)

    assert outcome.code == 2
    assert said in outcome.reasons
    assert outcome.statuses == {}
    assert "Traceback" not in outcome.out + outcome.err


@pytest.mark.parametrize("content", ["[1, 2", '{"a": "long"}', "[]"])
def test_durations_that_are_none(project: Project, content: str) -> None:
    """A file that was edited by hand is named, with the command that makes it anew."""
    project.scenarios(FOUR)
    project.write("ci/durations.json", content)

    outcome = project.run("-n2")

    assert outcome.code == 2
    assert "ci/durations.json" in outcome.reasons
    assert "`make durations`" in outcome.reasons


def test_workers_take_the_longest_scenarios_first(project: Project) -> None:
    """The recorded durations decide which scenario begins; the verdict keeps the files' order."""
    project.scenarios(FOUR.replace("assert False", "assert True"))
    _record(project, one=1.0, two=2.0, three=4.0, four=3.0)

    outcome = project.run("-n1")

    lines = (outcome.reports / "stream.jsonl").read_text().splitlines()
    told: list[dict[str, Any]] = [json.loads(line) for line in lines]
    ran = [each["id"] for each in told if each["event"] == "phase" and each["when"] == "call"]
    assert ran == [_scenario(name) for name in ("three", "four", "two", "one")]
    assert list(outcome.statuses) == ["test_one", "test_two", "test_three", "test_four"]


def test_the_file_is_what_make_durations_writes() -> None:
    """Ids of scenarios and seconds, in an order that makes a change readable."""
    content = json.loads((ROOT / durations.FILE).read_text(encoding="utf-8"))

    assert list(content) == sorted(content)
    assert all(re.fullmatch(r"scenarios/\w+\.py::\w+(\[.+\])?", each) for each in content)
    assert Path(ROOT / "Makefile").read_text().count(f"--durations-path={durations.FILE}") == 1
