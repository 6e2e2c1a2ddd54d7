"""Runs the scenarios that xdist gives a worker side by side."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Generator
from typing import Any, cast

import pytest
from playwright.sync_api import Playwright, sync_playwright

from harness.lanes import allure_items
from harness.lanes.fixtures import OwnFixtures
from harness.lanes.lane import Lane, Wait, current
from harness.lanes.limits import LimitsPlugin
from harness.lanes.output import OutputPlugin
from harness.lanes.places import Attribute, Belongings, PytestPlaces

#: The Playwright on whose loop the lanes run; whoever opens a browser has to use it.
PLAYWRIGHT = pytest.StashKey[Playwright]()


class LanesPlugin:
    """Up to `count` scenarios of this worker are under way at once."""

    def __init__(self, count: int) -> None:
        self._count = count

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Let xdist's loop hand every scenario to a lane, and wait for the last ones."""
        playwright = session.config.stash[PLAYWRIGHT] = sync_playwright().start()
        running = _Running(session, playwright, self._count)
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


class _Running:
    """The lanes of one session."""

    def __init__(self, session: pytest.Session, playwright: Playwright, count: int) -> None:
        plugins = session.config.pluginmanager
        self._session = session
        self._wait: Wait = playwright._sync  # noqa: SLF001 -- what all of its API is made of
        self._loop: asyncio.AbstractEventLoop = playwright._loop  # noqa: SLF001
        self._count = count
        self._lanes: set[Lane] = set()
        self._giving_up = False
        self._something_new = asyncio.Event()

        # xdist's own worker, which has no public way in: it is asked for what is there to run.
        self._worker: Any = next(e for e in plugins.get_plugins() if hasattr(e, "torun"))
        self._worker.item_index = None
        self._worker.run_one_test = self._begin_one
        self._index = Attribute(self._worker, "item_index")
        self._tell_of_arrivals()

        self._output = OutputPlugin(session.config)
        self._fixtures = OwnFixtures(session._fixturemanager)  # noqa: SLF001
        plugins.register(self._output)
        plugins.register(LimitsPlugin(self._loop))
        allure_items.install(session.config)
        self._pytest = PytestPlaces(session)
        self._belongings = Belongings([*self._pytest.all, *self._output.places, self._index])
        self._belongings.exchange()

    def finish(self) -> None:
        """Return when every lane is over."""
        self._until(lambda: not self._lanes)

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

    def _begin_one(self) -> None:
        """Stands in for xdist's `run_one_test`: returns when a lane has it and another is due."""
        self._until(lambda: len(self._lanes) < self._count)
        if self._session.shouldfail or self._session.shouldstop:
            self.finish()
            return  # xdist's loop looks, and ends
        index: int = self._worker.nextitem_index
        item = self._session.items[index]
        lane = Lane(lambda: self._run(index, item), self._wait)
        self._belongings.give(
            lane, {**self._pytest.own(), **self._output.own(), self._index: index}
        )
        self._lanes.add(lane)
        self._loop.call_soon(self._begin, lane)
        due = self._worker.nextitem_index = self._next()
        if not isinstance(due, int):
            # Nothing more: the last ones still run inside xdist's loop, as all others did.
            self.finish()

    def _begin(self, lane: Lane) -> None:
        if not self._giving_up:
            lane.switch()

    def _run(self, index: int, item: pytest.Item) -> None:
        assert isinstance(item, pytest.Function)  # noqa: S101 -- scenarios are functions
        began = time.perf_counter()
        try:
            self._fixtures.prepare(item)
            try:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            finally:
                # One that was interrupted has not been torn down yet.
                self._session._setupstate.teardown_exact(None)  # noqa: SLF001
            self._worker.sendevent(
                "runtest_protocol_complete",
                item_index=index,
                duration=time.perf_counter() - began,
            )
        except BaseException:
            # It goes to whoever waits for the lanes, unless that is where it came from.
            if not self._giving_up:
                raise
        finally:
            self._lanes.discard(cast("Lane", current()))
            self._something_new.set()

    def _next(self) -> object:
        """What xdist says is due next, or its mark that nothing is."""
        due: list[object] = []

        def taken() -> bool:
            # Seen and taken at once: xdist may want back what still waits.
            with self._worker.torun.lock() as waiting:
                if waiting:
                    due.append(waiting.popleft())
            return bool(due)

        self._until(taken)
        return due[0]

    def _until(self, reached: Callable[[], bool]) -> None:
        """Let the lanes go on until something is so."""
        while not reached():
            self._something_new.clear()
            self._wait(self._something_new.wait())

    def _tell_of_arrivals(self) -> None:
        queue, loop = self._worker.torun, self._loop
        put = queue.put

        def put_and_tell(item: object) -> None:
            put(item)
            loop.call_soon_threadsafe(self._something_new.set)

        queue.put = put_and_tell


def _waits(lane: Lane) -> bool:
    return lane.gr_frame is not None


def _end(lane: Lane, error: BaseException) -> None:
    if _waits(lane):
        lane.throw(error)
