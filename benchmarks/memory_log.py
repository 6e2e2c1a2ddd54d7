"""A pytest plugin that weighs pytest, driver and browser after every scenario.

`pytest -p memory_log --memory-log FILE` appends a line of JSON for each: MiB by kind of process,
and how many things in the browser Playwright still knows (contexts, pages, frames, requests, …).
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from meter import family, told, weight_mib

PYTEST, DRIVER, BROWSER = "pytest", "driver", "browser"


def _kind(process: int) -> str:
    """Pytest itself, Playwright's driver (Node), or one of the browser's many processes."""
    if process == os.getpid():
        return PYTEST
    try:
        name = told(process, "comm").strip()
    except OSError:
        return BROWSER  # gone meanwhile, as a page's renderer is; it weighs nothing
    return DRIVER if name.startswith(("node", "MainThread")) else BROWSER


def _turn(item: pytest.Item) -> int:
    assert isinstance(item, pytest.Function)  # scenarios are
    turn = item.callspec.params["turn"]
    assert isinstance(turn, int)
    return turn


class MemoryPlugin:
    """One line a scenario, written when its fixtures are gone."""

    def __init__(self, config: pytest.Config, file: Path) -> None:
        self._config = config
        self._file = file

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """One of each kind in turn: what a kind brings along when it first comes is no growth."""
        items.sort(key=_turn)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self) -> None:
        """Weigh the whole family."""
        weights: defaultdict[str, float] = defaultdict(float)
        processes: Counter[str] = Counter()
        for process in family(os.getpid()):
            kind = _kind(process)
            weights[kind] += weight_mib(process)
            processes[kind] += 1
        line = {"mib": weights, "processes": processes, "known": self._known()}
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(line)}\n")

    def _known(self) -> int:
        from harness.lanes.plugin import PLAYWRIGHT  # noqa: PLC0415 -- brings a plugin of pytest's

        connection = self._config.stash[PLAYWRIGHT]._impl_obj._connection  # noqa: SLF001
        return len(connection._objects)  # noqa: SLF001 -- there is no public way to count them


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add where the lines go."""
    parser.addoption("--memory-log", type=Path, help="file for what each scenario left in memory")


def pytest_configure(config: pytest.Config) -> None:
    """Weigh from the first scenario on."""
    plugin = MemoryPlugin(config, config.getoption("--memory-log"))
    config.pluginmanager.register(plugin, "memory-log")
