"""The lanes of one session: begun, waited for, ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import pytest
from playwright.sync_api import Playwright

from harness.lanes import allure_items
from harness.lanes.fixtures import OwnFixtures
from harness.lanes.lane import Lane, Wait, current
from harness.lanes.limits import LimitsPlugin
from harness.lanes.output import OutputPlugin
from harness.lanes.places import Belongings, Place, PytestPlaces


def _nobody(seconds: float) -> None:
    """Whom to tell that a scenario is over, where nobody asks."""


class Running:
    """Up to `count` scenarios under way at once, on Playwright's own loop.

    `places` are those that have to change hands beside pytest's own.
    """

    def __init__(
        self,
        session: pytest.Session,
        playwright: Playwright,
        count: int,
        places: Sequence[Place] = (),
    ) -> None:
        self._session = session
        self._wait: Wait = playwright._sync  # noqa: SLF001 -- what all of its API is made of
        self._loop: asyncio.AbstractEventLoop = playwright._loop  # noqa: SLF001
        self._count = count
        self._lanes: set[Lane] = set()
        self._giving_up = False
        self._something_new = asyncio.Event()
        self._output = OutputPlugin(session.config)
        self._fixtures = OwnFixtures(session._fixturemanager)  # noqa: SLF001
        session.config.pluginmanager.register(self._output)
        session.config.pluginmanager.register(LimitsPlugin(self._loop))
        allure_items.install(session.config)
        self._pytest = PytestPlaces(session)
        self._belongings = Belongings([*self._pytest.all, *self._output.places, *places])
        self._belongings.exchange()

    def begin(
        self,
        item: pytest.Item,
        own: Mapping[Place, Any] | None = None,
        over: Callable[[float], None] = _nobody,
    ) -> None:
        """Run `item` in a lane, beside this code, which has to wait for it to get anywhere.

        `own` is what the lane has in places of its own; `over` is told how many seconds it took.
        """
        lane = Lane(lambda: self._run(item, over), self._wait)
        self._belongings.give(lane, {**self._pytest.own(), **self._output.own(), **(own or {})})
        self._lanes.add(lane)
        self._loop.call_soon(self._begin, lane)

    def until(self, reached: Callable[[], bool]) -> None:
        """Let the lanes go on until something is so."""
        while not reached():
            self._something_new.clear()
            self._wait(self._something_new.wait())

    def look_again(self) -> None:
        """Have `until` ask once more; called from any thread."""
        self._loop.call_soon_threadsafe(self._something_new.set)

    def until_there_is_room(self) -> None:
        """Return when another one may begin."""
        self.until(lambda: len(self._lanes) < self._count)

    def finish(self) -> None:
        """Return when every lane is over."""
        self.until(lambda: not self._lanes)

    def give_up(self, error: BaseException) -> None:
        """End what is under way: the error is met wherever a scenario waits."""
        self._giving_up = True
        for lane in list(self._lanes):
            if _waits(lane):
                self._loop.call_soon(_end, lane, error)
            else:  # it has not begun, and will not
                self._lanes.discard(lane)
        self.finish()

    def close(self) -> None:
        """Give back what was taken from pytest; no lane is left."""
        self._belongings.leave()

    def _begin(self, lane: Lane) -> None:
        if not self._giving_up:
            lane.switch()

    def _run(self, item: pytest.Item, over: Callable[[float], None]) -> None:
        assert isinstance(item, pytest.Function)  # noqa: S101 -- scenarios are functions
        began = time.perf_counter()
        try:
            with self._fixtures.own(item):
                try:
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
                finally:
                    # One that was interrupted has not been torn down yet.
                    self._session._setupstate.teardown_exact(None)  # noqa: SLF001
            over(time.perf_counter() - began)
        except BaseException:
            # It goes to whoever waits for the lanes, unless that is where it came from.
            if not self._giving_up:
                raise
        finally:
            self._lanes.discard(cast("Lane", current()))
            self._something_new.set()


def _waits(lane: Lane) -> bool:
    return lane.gr_frame is not None


def _end(lane: Lane, error: BaseException) -> None:
    if _waits(lane):
        lane.throw(error)
