"""However a run ends, it leaves no session on its target that somebody could still pay."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.safety.lock import wait_for_the_end
from tests.runs.project import Project, environment
from tests.target.elsewhere import ORDERING, Elsewhere, elsewhere, journal, made

#: Two sessions are asked for; of the second the answer is never noted, as if it had got lost.
SCENARIO = f"""{ORDERING}
        with guard.creating(order | {{"order_no": "DH-TWO"}}):
            CheckoutAPI(target.base_url, target.api_key).create(**order, order_no="DH-TWO")
    Path("made").touch()
    ENDING
"""

HANGS = "signal.pause()"
KILLS = "os.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture
def target() -> Iterator[Elsewhere]:
    with elsewhere() as made:
        yield made


@pytest.fixture
def project(tmp_path: Path, target: Elsewhere) -> Project:
    return Project(tmp_path, environment(**target.settings))


def _states(target: Elsewhere, reports: Path) -> set[str]:
    (session,) = made(reports)
    assert [line["step"] for line in journal(reports)].count("closed") == 2
    return set(target.states([session]).values()) | {target.state_of_order("DH-TWO")}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop(project: Project, target: Elsewhere, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM: sessions under way are cancelled before the command ends."""
    project.scenarios(SCENARIO.replace("ENDING", HANGS))
    run = project.start_run()
    _wait_for(project.folder / "made")

    run.send_signal(number)
    outcome = project.finish(run)

    assert outcome.code == 3
    assert _states(target, outcome.reports) == {"canceled"}
    assert "Left open" not in outcome.reasons


@pytest.mark.parametrize("workers", ["-n0", "-n1"], ids=["the controller", "a worker"])
def test_killed_outright(project: Project, target: Elsewhere, workers: str) -> None:
    """A process of the run is killed with sessions open: they are cancelled by who is left."""
    project.scenarios(SCENARIO.replace("ENDING", KILLS))

    outcome = project.run(workers, "--infrastructure-reruns=0")

    assert outcome.code == 3
    assert _states(target, outcome.reports) == {"canceled"}


def test_the_command_itself_killed(project: Project, target: Elsewhere) -> None:
    """Nobody is left but the sweeper: it cancels what is open, and then ends too."""
    project.scenarios(SCENARIO.replace("ENDING", HANGS))
    run = project.start_run()
    _wait_for(project.folder / "made")

    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    reports = project.folder / "reports"
    wait_for_the_end(reports)

    assert _states(target, reports) == {"canceled"}


def _wait_for(file: Path) -> None:
    while not file.exists():
        os.sched_yield()
