"""What becomes of a run that does not come to its end: real processes, real signals.

Each time: the verdict and exit code that are due, and nothing lost of what had finished.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.browser import find
from tests.runs.project import Outcome, Project

FIRST = """
@flow("card/paid")
def test_first():
    "A card pays."
"""

# Waits in the middle of a scenario, until somebody ends it; the pipe tells that it is there.
WAITING = """
@flow("card/declined")
def test_waiting():
    with open("here", "w"):
        signal.pause()

@flow("redirect/paid")
def test_never_begun(): pass
"""


def _deaf_to_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _until_waiting(
    project: Project, *arguments: str, before: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    """Start a run and return when its second scenario waits."""
    os.mkfifo(project.folder / "here")
    process = project.start_run(*arguments, before=before)
    with (project.folder / "here").open():
        return process


def _kept(outcome: Outcome) -> None:
    assert outcome.statuses["test_first"] == "passed"
    assert (outcome.reports / "junit.xml").exists()
    assert (outcome.reports / "ctrf.json").exists()
    assert list((outcome.reports / "allure-results").glob("*-result.json"))


@pytest.mark.parametrize("lanes", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_stopped_by_a_signal(project: Project, number: signal.Signals, lanes: int) -> None:
    """CI's time-out and Ctrl-C end in an inconclusive verdict that names what did not run."""
    project.scenarios(FIRST + WAITING)
    process = _until_waiting(project, f"--lanes={lanes}")
    process.send_signal(number)

    outcome = project.finish(process)

    assert outcome.code == 3
    assert f"The run was stopped by {number.name}." in outcome.reasons
    assert outcome.statuses["test_never_begun"] == "missing"
    assert outcome.statuses["test_waiting"] == "missing"
    _kept(outcome)


@pytest.mark.parametrize("lanes", [1, 2])
def test_stopped_in_the_background(project: Project, lanes: int) -> None:
    """Where a shell made the run deaf to Ctrl-C, pytest still hears a request to stop."""
    tears_down = """
@pytest.fixture(scope="session", autouse=True)
def torn_down():
    yield
    Path("torn-down").touch()
"""
    project.scenarios(tears_down + FIRST + WAITING)
    process = _until_waiting(project, f"--lanes={lanes}", before=_deaf_to_ctrl_c)
    process.send_signal(signal.SIGTERM)

    outcome = project.finish(process)

    assert outcome.code == 3
    assert (project.folder / "torn-down").exists()
    _kept(outcome)


def test_pytest_that_does_not_listen_is_killed(project: Project) -> None:
    """A scenario that hangs where no signal reaches it does not outlive the request to stop."""
    project.scenarios(FIRST + "signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + WAITING)
    process = _until_waiting(project)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGTERM)

    outcome = project.finish(process)

    assert outcome.code == 3
    assert outcome.statuses["test_waiting"] == "missing"
    _kept(outcome)


@pytest.mark.parametrize("lanes", [1, 2])
def test_pytest_killed(project: Project, lanes: int) -> None:
    """The process that knows everything is shot: the verdict comes from what it had written."""
    project.scenarios(
        FIRST
        + """
@flow("card/declined")
def test_killer():
    os.kill(os.getpid(), signal.SIGKILL)
"""
    )

    outcome = project.run(f"--lanes={lanes}")

    assert outcome.code == 3
    assert "pytest was killed by SIGKILL." in outcome.reasons
    assert outcome.statuses["test_killer"] == "missing"
    _kept(outcome)


def test_supervisor_killed(project: Project) -> None:
    """Whoever judges is shot: no green verdict stands there, and no process stays behind."""
    project.scenarios(FIRST + WAITING)
    process = _until_waiting(project)
    process.kill()

    outcome = project.finish(process)  # returns when nobody holds its output any more

    assert outcome.code == -signal.SIGKILL
    assert (outcome.verdict["verdict"], outcome.verdict["exit_code"]) == ("inconclusive", 3)
    assert outcome.reasons == "The run did not come to its end."


def test_target_gone(deserted: Project) -> None:
    """A live target goes away: what failed after the last scenario that passed is broken."""
    deserted.scenarios("""
import os, urllib.request
@flow("card/paid")
def test_before():
    assert False, "no callback fired"

@flow("card/declined")
def test_last_words():
    pass

@flow("redirect/paid")
def test_after():
    urllib.request.urlopen(os.environ["OTTU_BASE_URL"] + "/go-away").close()
    while True:
        try:
            urllib.request.urlopen(os.environ["OTTU_BASE_URL"]).close()
        except OSError:
            break
    assert False, "no callback fired"
""")

    outcome = deserted.run()

    assert outcome.statuses == {
        "test_before": "failed",
        "test_last_words": "passed",
        "test_after": "broken",
    }
    assert "The target went away during the run: Nobody answers at" in outcome.reasons
    assert outcome.code == 1


def test_worker_killed(project: Project) -> None:
    """A worker dies with its scenario each time: broken, not failed, and the others go on."""
    project.scenarios(
        FIRST
        + """
@flow("card/declined")
def test_killer():
    os.kill(os.getpid(), signal.SIGKILL)

@flow("redirect/paid")
def test_last(): pass
"""
    )

    outcome = project.run("-n2")

    assert outcome.code == 3
    assert outcome.statuses == {
        "test_first": "passed",
        "test_killer": "broken",
        "test_last": "passed",
    }
    killer = next(each for each in outcome.verdict["scenarios"] if "killer" in each["id"])
    assert "crashed while running" in killer["reason"]
    assert killer["attempts"] == 2
    _kept(outcome)


def test_worker_killed_once(project: Project) -> None:
    """A worker dies once: its scenario is tried again and counts as flaky."""
    project.scenarios(
        FIRST
        + """
@flow("card/declined")
def test_killer():
    if not Path("shot").exists():
        Path("shot").touch()
        os.kill(os.getpid(), signal.SIGKILL)
"""
    )

    outcome = project.run("-n1")

    assert outcome.code == 0
    assert outcome.statuses == {"test_first": "passed", "test_killer": "flaky"}


def test_browser_killed(project: Project) -> None:
    """The browser dies under a scenario: that says nothing of the checkout."""
    browser = find()
    project.scenarios(
        FIRST
        + f"""
from playwright.sync_api import expect, sync_playwright

@flow("card/declined")
def test_shot():
    with sync_playwright() as playwright:
        server = playwright.chromium.launch(
            executable_path={str(browser.executable_path)!r}, args={list(browser.args)!r}
        )
        page = server.new_page()
        session = server.new_browser_cdp_session()
        for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
            if process["type"] == "browser":
                os.kill(process["id"], signal.SIGKILL)
        expect(page.get_by_text("paid")).to_be_visible()
"""
    )

    outcome = project.run("--infrastructure-reruns=0")

    assert outcome.code == 3
    assert outcome.statuses["test_shot"] == "broken"
    _kept(outcome)


def test_sandbox_killed(sandboxed: Project) -> None:
    """The embedded sandbox dies: what fails from then on is not the checkout's doing."""
    sandboxed.scenarios(
        FIRST
        + """
@flow("card/declined")
def test_shot(request):
    import json
    lines = Path("reports/stream.jsonl").read_text().splitlines()
    known = next(json.loads(line) for line in lines if "sandbox_pid" in line)
    os.kill(known["sandbox_pid"], signal.SIGKILL)
    while "target_lost" not in Path("reports/stream.jsonl").read_text():
        os.sched_yield()
    assert False, "expected the cancel callback, and none fired"

@flow("redirect/paid")
def test_never_begun(): pass
"""
    )

    outcome = sandboxed.run()

    assert outcome.code == 3
    assert "The embedded sandbox died with exit code -9" in outcome.reasons
    assert outcome.statuses["test_shot"] == "broken"
    assert outcome.statuses["test_never_begun"] == "missing"
    _kept(outcome)


def test_a_real_failure_outlives_a_dead_sandbox(sandboxed: Project) -> None:
    """What failed before the sandbox died did fail: the checkout is known to be broken."""
    sandboxed.scenarios("""
@flow("card/paid")
def test_first():
    assert False, "no callback fired"

@flow("card/declined")
def test_shot():
    import json
    lines = Path("reports/stream.jsonl").read_text().splitlines()
    known = next(json.loads(line) for line in lines if "sandbox_pid" in line)
    os.kill(known["sandbox_pid"], signal.SIGKILL)
    while "target_lost" not in Path("reports/stream.jsonl").read_text():
        os.sched_yield()
""")

    outcome = sandboxed.run()

    assert outcome.code == 1
    assert outcome.statuses["test_first"] == "failed"


def test_disk_full(project: Project) -> None:
    """The record cannot be written any more: the run ends, and what was written is judged."""
    project.scenarios(
        FIRST
        + """
@flow("card/declined")
def test_talkative():
    assert False, "x" * 40_000

@flow("redirect/paid")
def test_never_told(): pass
"""
    )

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    outcome = project.run(before=small_disk)

    assert outcome.code == 3
    assert "cannot be written" in outcome.reasons + outcome.err
    assert outcome.statuses["test_talkative"] == "missing"
    _kept(outcome)


def test_collection_error(project: Project) -> None:
    """A file that cannot be read as Python leaves nothing known, and is named."""
    project.scenarios(FIRST)
    project.scenarios("def broken(:\n", name="test_typo.py")

    outcome = project.run()

    assert outcome.code == 3
    assert "scenarios/test_typo.py could not be collected" in outcome.reasons


def test_crashing_plugin(project: Project) -> None:
    """Another plugin's crash ends pytest, and not the verdict."""
    project.scenarios(FIRST + '@flow("card/declined")\ndef test_second(): pass\n')
    project.write(
        "conftest.py",
        'pytest_plugins = ["harness.plugin"]\n'
        "def pytest_runtest_logfinish(nodeid):\n"
        '    if "test_first" in nodeid:\n'
        '        raise ZeroDivisionError("a plugin fell over")\n',
    )

    outcome = project.run()

    assert outcome.code == 3
    assert "pytest itself failed: " in outcome.reasons
    assert "a plugin fell over" in outcome.reasons
    assert outcome.statuses["test_second"] == "missing"
    _kept(outcome)


def test_nothing_of_an_earlier_run_is_left(project: Project, tmp_path: Path) -> None:
    """A run that cannot begin does not leave the green verdict of the one before it."""
    project.scenarios(FIRST)
    assert project.run().code == 0
    project.write("conftest.py", "def broken(:\n")

    outcome = project.run()

    assert outcome.code == 2
    assert outcome.verdict["verdict"] == "inconclusive"
    assert not list((tmp_path / "reports").glob("allure-results/*"))
