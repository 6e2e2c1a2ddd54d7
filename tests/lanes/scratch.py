"""A small project of scenarios, played side by side by a real pytest or a real worker of xdist."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness import pytest_process

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0

CONFTEST = """
import json

from harness.lanes.plugin import LanesPlugin


def pytest_addoption(parser):
    parser.addoption("--side-by-side", type=int)


def pytest_configure(config):
    worker = hasattr(config, "workerinput")
    if worker or not config.getoption("-n"):
        plugin = LanesPlugin(config, config.getoption("--side-by-side"))
        config.pluginmanager.register(plugin)
    if not worker:
        config.pluginmanager.register(Reports())


class Reports:
    def pytest_runtest_logreport(self, report):
        told = {
            "name": report.nodeid.rpartition("::")[2],
            "when": report.when,
            "outcome": report.outcome,
            "why": report.longreprtext,
            "printed": dict(report.sections),
        }
        with open("reports", "a") as file:
            file.write(json.dumps(told) + "\\n")
"""

PLAY = '''
"""What the scenarios of a scratch project tell each other."""

import asyncio
from collections import defaultdict

from harness.lanes.lane import current

_happened = defaultdict(asyncio.Event)


def say(what):
    with open("said", "a") as file:
        file.write(what + "\\n")


def happens(what):
    _happened[what].set()


def until(what, at_most=10):
    """Waits as Playwright does; others go on meanwhile."""
    current().wait(asyncio.wait_for(_happened[what].wait(), at_most))


def turn():
    """Lets the others on once."""
    current().wait(asyncio.sleep(0))


def for_ever():
    current().wait(asyncio.Event().wait())
'''


@dataclass(frozen=True)
class Played:
    """A run that is over."""

    code: int
    terminal: str
    said: list[str]
    reports: list[dict[str, Any]] = field(repr=False)

    def of(self, name: str, when: str = "call") -> dict[str, Any]:
        """The last report of a scenario's phase."""
        found = [each for each in self.reports if (each["name"], each["when"]) == (name, when)]
        assert found, f"no report of {name} ({when}):\n{self.terminal}"
        return found[-1]

    def outcomes(self, when: str = "call") -> dict[str, str]:
        """By name, what the last report says."""
        return {each["name"]: each["outcome"] for each in self.reports if each["when"] == when}

    def printed(self, name: str, when: str = "call") -> dict[str, str]:
        """What is told with a scenario's phase, without what came before it."""
        sections: dict[str, str] = self.of(name, when)["printed"]
        return {title: text for title, text in sections.items() if title.endswith(f" {when}")}


class Project:
    """Files of a scratch project in a folder of its own, and the options that say who plays it."""

    def __init__(self, folder: Path, *players: str) -> None:
        self._folder = folder
        self._players = players
        self._write("play.py", PLAY)
        self._write("conftest.py", CONFTEST)
        self.settings()

    def settings(self, *lines: str) -> None:
        own = ["[pytest]", "pythonpath = .", "addopts = --import-mode=importlib", *lines]
        self._write("pytest.ini", "\n".join(own))

    def scenarios(self, text: str, file: str = "test_play.py") -> None:
        """What they import of `play` they need not write."""
        names = "import play\nfrom play import for_ever, happens, say, turn, until\n"
        self._write(file, f"import pytest\n{names}{textwrap.dedent(text)}")

    def plugin(self, text: str) -> None:
        """A plugin for `-p theirs`."""
        self._write("theirs.py", textwrap.dedent(text))

    def play(self, *options: str, lanes: int = 2) -> Played:
        """The whole run."""
        with self.playing(*options, lanes=lanes) as process:
            return self.over(process)

    @contextmanager
    def playing(self, *options: str, lanes: int = 2) -> Iterator[subprocess.Popen[str]]:
        """A run that is under way, in a group of processes of its own."""
        command = [
            sys.executable,
            "-m",
            "pytest",
            *self._players,
            "-p",
            "no:cacheprovider",
        ]
        with subprocess.Popen(
            [*command, f"--side-by-side={lanes}", *options],
            cwd=self._folder,
            env=pytest_process.environment(self._environment()),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=_hears_ctrl_c,  # noqa: PLW1509 -- no other thread is running here
        ) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)

    def over(self, process: subprocess.Popen[str], patience_s: float = PATIENCE_S) -> Played:
        """What became of it."""
        try:
            terminal, _ = process.communicate(timeout=patience_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            terminal, _ = process.communicate()
            raise AssertionError(f"it did not end; said {self.said()}:\n{terminal}") from None
        file = self._folder / "reports"
        lines = file.read_text().splitlines() if file.exists() else []
        return Played(process.returncode, terminal, self.said(), [*map(json.loads, lines)])

    def said(self) -> list[str]:
        """What the scenarios said so far, in that order."""
        file = self._folder / "said"
        return file.read_text().splitlines() if file.exists() else []

    def interrupted_at(self, *words: str) -> Played:
        """Ctrl-C, once the scenarios have said all that; what it came to."""
        with self.playing() as process:
            self.await_said(*words)
            os.killpg(process.pid, signal.SIGINT)
            return self.over(process, patience_s=20)  # execnet itself may take ten

    def await_said(self, *words: str) -> None:
        """Return when the scenarios have said all that."""
        deadline = time.monotonic() + PATIENCE_S
        while not set(words) <= set(self.said()):
            assert time.monotonic() < deadline, f"said only {self.said()}"
            time.sleep(0.02)

    def allure(self, kind: str) -> list[dict[str, Any]]:
        """Allure's files of that kind: `result` or `container`."""
        files = (self._folder / "allure").glob(f"*-{kind}.json")
        return [json.loads(file.read_text()) for file in files]

    def attached(self, attachment: dict[str, Any]) -> str:
        """What stands in an attachment."""
        return (self._folder / "allure" / str(attachment["source"])).read_text()

    def _write(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text)

    def _environment(self) -> dict[str, str]:
        ours = ("PYTEST_", "HARNESS_", "CHECKOUT_HARNESS_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return kept | {"PYTHONPATH": str(ROOT)}


def _hears_ctrl_c() -> None:
    # Whoever is started in the background is deaf to it, and so is what it starts.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
