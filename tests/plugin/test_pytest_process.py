"""How commands start pytest: the plugins are the harness's own choice, or whoever decided's."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from harness import pytest_process

ROOT = Path(__file__).parents[2]
AUTOLOAD = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
CONFTEST = """
import sys

NAMES = ("xdist", "allure_pytest", "hypothesis")

def pytest_report_header():
    return [f"here: {name}" for name in NAMES if name in sys.modules]
"""


def test_a_run_has_its_plugins_and_no_other_that_is_installed(tmp_path: Path) -> None:
    """Hypothesis is installed here and is in no process of a run; what a run needs is."""
    (tmp_path / "conftest.py").write_text(CONFTEST)
    undecided = {name: value for name, value in os.environ.items() if name != AUTOLOAD}
    environment = pytest_process.environment(undecided) | {"PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in done.stdout.splitlines() if line.startswith("here: ")] == [
        "here: xdist",
        "here: allure_pytest",
    ], done.stdout + done.stderr


@pytest.mark.parametrize("module", pytest_process.PLUGINS)
def test_each_plugin_is_one_that_is_installed(module: str) -> None:
    """A release that moves its plugin is noticed here, not by a run without it."""
    assert module in {each.value for each in entry_points(group="pytest11")}


def test_more_plugins_are_added_to_them() -> None:
    """What `PYTEST_PLUGINS` names comes last, so that it may rely on the others."""
    environment = pytest_process.environment({"PYTEST_PLUGINS": "one,two"})

    assert environment["PYTEST_PLUGINS"] == ",".join([*pytest_process.PLUGINS, "one", "two"])


@pytest.mark.parametrize("decision", ["", "1"])
def test_who_has_decided_on_plugins_is_left_alone(decision: str) -> None:
    """The setting of pytest itself, given either way, keeps its meaning."""
    environment = pytest_process.environment({AUTOLOAD: decision})

    assert environment[AUTOLOAD] == decision
    assert "PYTEST_PLUGINS" not in environment
