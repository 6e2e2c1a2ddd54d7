"""What `harness run` does by itself: several scenarios under way at once in one process."""

from __future__ import annotations

import json
import os

from tests.runs.project import Project

#: Each ends only when so many have begun.
MEETING = """
import os
import time
from pathlib import Path

import pytest
from harness.lanes import sleep

@flow("card/paid")
@pytest.mark.parametrize("number", range(4))
def test_it(number):
    Path(f"began-{number}").write_text(str(os.getpid()))
    deadline = time.monotonic() + 10
    while len(list(Path().glob("began-*"))) < TOGETHER:
        assert time.monotonic() < deadline, "the others have not begun"
        sleep(0.01)
"""
GIVEN = ("run", "--no-report", "--no-replay", "--reports=reports")


def test_on_two_cores_pytest_has_four_under_way_itself(project: Project) -> None:
    """Four scenarios that wait for one another pass, in one process, which is no worker."""
    project.scenarios(MEETING.replace("TOGETHER", "4"))

    outcome = project.finish(project.start(*GIVEN, before=_on_two_cores))

    assert outcome.code == 0, outcome.out
    assert len({file.read_text() for file in project.folder.glob("began-*")}) == 1
    assert "1 worker" not in outcome.out


def test_a_worker_has_four_under_way(project: Project) -> None:
    """The same in the one worker that was asked for."""
    project.scenarios(MEETING.replace("TOGETHER", "4"))

    outcome = project.run("-n1", "--dist=worksteal", "--lanes=4")

    assert outcome.code == 0, outcome.out
    assert "1 worker" in outcome.out
    assert len({file.read_text() for file in project.folder.glob("began-*")}) == 1


def _on_two_cores() -> None:
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])


def test_one_lane_is_one_scenario_at_a_time(project: Project) -> None:
    """`--lanes=1` leaves it out: whoever waits for a second scenario waits in vain."""
    project.scenarios(MEETING.replace("TOGETHER", "2"))

    outcome = project.run("-n1", "--lanes=1")

    assert outcome.code == 1
    assert outcome.statuses["test_it[0]"] == "failed"


def test_no_lane_is_refused(project: Project) -> None:
    """A worker without a lane would run nothing: a sentence and 2, before anything begins."""
    project.scenarios(MEETING)

    outcome = project.run("--lanes=0")

    assert outcome.code == 2
    assert "--lanes=0: a process runs one scenario or more at once." in outcome.reasons
    assert json.loads((outcome.reports / "verdict.json").read_text())["scenarios"] == []
