"""Runs the scenarios of this process side by side."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Playwright, sync_playwright

from harness.lanes.from_pytest import PytestsItems
from harness.lanes.from_xdist import XdistsQueue
from harness.lanes.running import Running

#: The Playwright on whose loop the lanes run; whoever opens a browser has to use it.
PLAYWRIGHT = pytest.StashKey[Playwright]()


class LanesPlugin:
    """Up to `count` scenarios are under way at once, in a worker of xdist or in pytest itself.

    `meanwhile` is done in a thread while Playwright starts, which is mostly waiting.
    """

    def __init__(
        self, config: pytest.Config, count: int, meanwhile: Callable[[], object] = lambda: None
    ) -> None:
        self._count = count
        self._meanwhile = meanwhile
        self._own = None if hasattr(config, "workerinput") else PytestsItems()
        if self._own is not None:
            config.pluginmanager.register(self._own, "harness-lanes-of-pytest")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Have the loop hand every scenario to a lane, and wait for the last ones."""
        if session.testsfailed:  # while collecting: pytest's own loop says so, and begins none
            return (yield)
        with ThreadPoolExecutor(1, "meanwhile") as beside:
            done = beside.submit(self._meanwhile)
            playwright = session.config.stash[PLAYWRIGHT] = sync_playwright().start()
            done.result()
        source = self._own or XdistsQueue(session)
        running = Running(session, playwright, self._count, source.places)
        source.give_to(running)
        try:
            result = yield
            running.finish()
        except BaseException as error:
            running.give_up(error)
            raise
        finally:
            running.close()
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Playwright goes last, after the fixtures that use it."""
        try:
            return (yield)
        finally:
            playwright = session.config.stash.get(PLAYWRIGHT, None)
            if playwright is not None:
                playwright.stop()
