"""A pytest plugin that weighs pytest, driver and browser after every scenario.

`pytest -p memory_log --memory-log FILE` appends a line of JSON for each: MiB by kind of process.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from meter import family, weight_mib

PYTEST, DRIVER, BROWSER = "pytest", "driver", "browser"


def _kind(process: int) -> str:
    """Pytest itself, Playwright's driver (Node), or one of the browser's many processes."""
    if process == os.getpid():
        return PYTEST
    try:
        name = Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return BROWSER  # gone meanwhile, as a page's renderer is; it weighs nothing
    return DRIVER if name.startswith(("node", "MainThread")) else BROWSER


class MemoryPlugin:
    """One line a scenario, written when its fixtures are gone."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self) -> None:
        """Weigh the whole family."""
        weights: defaultdict[str, float] = defaultdict(float)
        processes: Counter[str] = Counter()
        for process in family(os.getpid()):
            kind = _kind(process)
            weights[kind] += weight_mib(process)
            processes[kind] += 1
        line = {"mib": weights, "processes": processes}
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(line)}\n")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add where the lines go."""
    parser.addoption("--memory-log", type=Path, help="file for what each scenario left in memory")


def pytest_configure(config: pytest.Config) -> None:
    """Weigh from the first scenario on."""
    config.pluginmanager.register(MemoryPlugin(config.getoption("--memory-log")), "memory-log")
