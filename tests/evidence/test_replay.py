"""The replay of what failed: it tells, and changes nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.gate.supervise import supervise
from tests.runs.project import Outcome, Project, environment
from tests.runs.target import little_target

SCENARIOS = """
def first_time(name):
    marker = Path(f"{name}.seen")
    with open("ran.txt", "a") as file:
        file.write(f"{name}\\n")
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True

@flow("card/paid")
def test_a_passes():
    "A card pays."
    first_time("a")

@flow("card/declined")
def test_b_fails_again():
    "A card is declined."
    first_time("b")
    assert False, f"session {os.urandom(8).hex()}0 was paid with {os.getpid()}.500 KWD"

@flow("card/declined")
def test_c_fails_once():
    "A card is declined at first."
    assert not first_time("c"), "only once"

@flow("card/declined")
def test_d_fails_otherwise():
    "A card is declined in two ways."
    assert False, "paid" if first_time("d") else "expired"

@flow("card/declined")
@pytest.mark.parametrize("number", range(4))
def test_e_many(number):
    "A card is declined often."
    first_time("e")
    raise TargetUnreachable("nobody answers")
"""


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """A run in which seven of eight scenarios go wrong."""
    with little_target() as target:
        project = Project(tmp_path_factory.mktemp("replay"), environment(**target))
        project.scenarios(SCENARIOS)
        yield project.finish(project.start("run", "--no-report", "-n0", "scenarios"))


def test_the_verdict_stands(replayed: Outcome) -> None:
    """A scenario that passes when it is replayed has failed all the same, once."""
    assert replayed.code == 1
    assert replayed.statuses["test_c_fails_once"] == "failed"
    assert replayed.verdict["counts"]["failed"] == 3
    assert replayed.verdict["counts"]["passed"] == 1
    attempts = {each["id"]: each["attempts"] for each in replayed.verdict["scenarios"]}
    assert attempts["scenarios/test_it.py::test_c_fails_once"] == 1


def test_what_is_replayed(replayed: Outcome) -> None:
    """What passed is not run again, and of what went wrong, five at most: failures first."""
    ran = (replayed.reports.parent / "ran.txt").read_text().split()

    assert ran.count("a") == 1
    assert [ran.count(name) for name in "bcd"] == [2, 2, 2]
    assert ran.count("e") == 4 + 4 + 2  # an error of the machine is tried twice by itself


def test_how_it_went_is_said(replayed: Outcome) -> None:
    """On the terminal and in the result: the same way again, differently, or not at all."""
    files = (replayed.reports / "allure-results").glob("*-result.json")
    said = {
        result["fullName"].rpartition("#")[2]: result["steps"][-1]["name"]
        for result in map(json.loads, (file.read_text() for file in files))
        if result.get("steps")
    }

    assert said["test_b_fails_again"] == "Replayed for evidence: failed the same way"
    assert said["test_c_fails_once"] == "Replayed for evidence: passed"
    assert said["test_d_fails_otherwise"] == "Replayed for evidence: failed differently"
    assert "test_a_passes" not in said
    assert replayed.out.count("Replayed for evidence: ") == 5


def test_a_replay_that_hangs_is_ended(tmp_path: Path) -> None:
    """Evidence is not worth waiting for without end."""
    pause = [
        sys.executable,
        "-c",
        f"open({str(tmp_path / 'x')!r}, 'w'); import signal; signal.pause()",
    ]

    ending = supervise(pause, {}, limit_s=0.5)

    assert ending.violent == "pytest was killed by SIGKILL."
