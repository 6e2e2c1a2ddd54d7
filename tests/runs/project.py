"""A small project with scenarios of its own, run as a user runs the real one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

# By name and no others: those of a developer's machine cost a second per run.
SETTINGS = """
[pytest]
filterwarnings = ["error"]
addopts = [
  "--import-mode=importlib",
  "-pxdist", "-prerunfailures", "-pallure_pytest", "-ppytest-split",
]
"""

HEADER = """
import os, signal, sys
from pathlib import Path
import pytest
from harness.errors import InfrastructureError, TargetUnreachable
from harness.flows import flow, needs
"""


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str
    reports: Path

    @property
    def verdict(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.reports / "verdict.json").read_text())
        return content

    @property
    def statuses(self) -> dict[str, str]:
        return {each["id"].partition("::")[2]: each["status"] for each in self.verdict["scenarios"]}

    @property
    def reasons(self) -> str:
        return "\n".join(self.verdict["reasons"])


class Project:
    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._environment = dict(environment)
        (folder / "scenarios").mkdir()
        (folder / "ci").mkdir()
        self.write("conftest.py", 'pytest_plugins = ["harness.plugin"]\n')
        self.write("pytest.toml", SETTINGS)
        self.policy("[embedded]\nmust_run = []\n[live]\nmust_run = []\n")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def policy(self, text: str) -> None:
        self.write("ci/gate.toml", text)

    def scenarios(self, text: str, name: str = "test_it.py") -> None:
        self.write(f"scenarios/{name}", HEADER + text)

    def start(
        self,
        *arguments: str,
        module: str = "harness",
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> subprocess.Popen[str]:
        """`python -m MODULE ARGUMENTS`; `before` is called in the new process."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=self.folder,
            env={**self._environment, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=before,  # noqa: PLW1509 -- one system call, which takes no lock
        )

    def finish(self, process: subprocess.Popen[str], reports: str = "reports") -> Outcome:
        out, err = process.communicate(timeout=90)
        return Outcome(process.returncode, out, err, self.folder / reports)

    def run(
        self,
        *arguments: str,
        reports: str = "reports",
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> Outcome:
        """`harness run`, without the Allure page, in one process unless told otherwise."""
        process = self.start_run(
            *arguments, reports=reports, environment=environment, before=before
        )
        return self.finish(process, reports)

    def start_run(
        self,
        *arguments: str,
        reports: str = "reports",
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> subprocess.Popen[str]:
        workers = [] if any(each.startswith("-n") for each in arguments) else ["-n0"]
        given = ("run", "--no-report", "--no-replay", f"--reports={reports}", *workers, *arguments)
        return self.start(*given, environment=environment, before=before)


def environment(**target: str) -> dict[str, str]:
    """This process's, without what would choose another target or another set of plugins."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OTTU_")}
    dropped = (
        *("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST"),
        *("HARNESS_SHARDS", "HARNESS_SHARD", "JOB_COMPLETION_INDEX"),
        *("HARNESS_BROWSER_ENDPOINT", "HARNESS_BROWSER_TOKEN"),
    )
    kept = {name: value for name, value in kept.items() if name not in dropped}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        **target,
    }
