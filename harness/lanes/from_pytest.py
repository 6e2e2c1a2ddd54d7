"""Lanes in pytest's own process, which takes its scenarios in their order."""

from __future__ import annotations

from typing import Any

import pytest

from harness.lanes.places import Place
from harness.lanes.running import Running


class PytestsItems:
    """Everything that was collected, for lanes to run."""

    places: tuple[Place, ...] = ()

    def __init__(self) -> None:
        self._running: Running | None = None

    def give_to(self, running: Running) -> None:
        """Let these lanes run what is there."""
        self._running = running

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """As with workers: results of several files come in turns, so no line is a file's."""
        reporter: Any = session.config.pluginmanager.getplugin("terminalreporter")
        if reporter is not None:
            reporter.showfspath = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Stands in for pytest's own loop, and ends as that does; it collected something."""
        running = self._running
        if running is None:
            return None
        for item in session.items:
            running.until_there_is_room()
            if _ends(session):
                break
            running.begin(item)
        # The last ones still run inside the loop, as all others did.
        running.finish()
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        return True


def _ends(session: pytest.Session) -> bool:
    return bool(session.shouldfail or session.shouldstop)
