"""A lane, and what code that may run in one has to know of it: how to wait."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, NoReturn, TypeVar

from greenlet import getcurrent, greenlet

R = TypeVar("R")

#: Gives what an awaitable gives, while other lanes go on.
Wait = Callable[[Awaitable[Any]], Any]


class Lane(greenlet):  # type: ignore[misc]  # it carries no types
    """Runs `work` beside others."""

    def __init__(self, work: Callable[[], object], wait: Wait) -> None:
        super().__init__(work)
        self.wait: Final = wait


def current() -> Lane | None:
    """The lane that this code runs in; None where nothing runs beside it."""
    running = getcurrent()
    return running if isinstance(running, Lane) else None


def elsewhere(work: Callable[[], R]) -> R:
    """What `work` gives, or raises, without keeping other lanes waiting.

    For whatever waits, but not for Playwright: an answer to a request, a moment to come. In a
    lane, a thread of its own does it; anywhere else it is done here. A thread that nobody waits
    for any more, since its lane was told to end, keeps nobody from ending either.
    """
    lane = current()
    if lane is None:
        return work()
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()
    outcome: list[Callable[[], R]] = []

    def settle() -> None:
        if not done.done():
            done.set_result(None)

    def run() -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 -- raised again where it was asked for
            outcome.append(partial(_raise, error))
        else:
            outcome.append(lambda: result)
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
            loop.call_soon_threadsafe(settle)

    threading.Thread(target=run, name="elsewhere", daemon=True).start()
    lane.wait(done)
    return outcome[0]()


def _raise(error: BaseException) -> NoReturn:
    raise error


def sleep(seconds: float) -> None:
    """Return after so long, while other lanes go on.

    For what nothing tells of: a turn that is a time, a target that asks for a rest or is away.
    """
    lane = current()
    if lane is None:
        time.sleep(seconds)
    else:
        lane.wait(asyncio.sleep(seconds))


class OneAtATime:
    """A block that no two lanes are in at once, though Playwright may wait in it.

    The lane that is in it may enter again.
    """

    def __init__(self) -> None:
        self._inside: Lane | None = None
        self._depth = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def __enter__(self) -> None:
        lane = current()
        if lane is None:
            return
        while self._inside not in {None, lane}:
            # Whoever wakes looks for itself: one that was told to end meanwhile takes no turn.
            left: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(left)
            try:
                lane.wait(left)
            finally:
                self._waiting.discard(left)
        self._inside = lane
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        if self._inside is None or self._inside is not current():
            return
        self._depth -= 1
        if self._depth == 0:
            self._inside = None
            for left in self._waiting:
                if not left.done():
                    left.set_result(None)
