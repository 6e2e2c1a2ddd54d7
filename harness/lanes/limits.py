"""The time limit of each scenario, where several are under way.

pytest-timeout has one alarm, and raises in whatever code that meets.
"""

from __future__ import annotations

import asyncio
import signal
import time
from dataclasses import dataclass
from types import FrameType
from typing import Any, Final

import pytest
import pytest_timeout
from _pytest.outcomes import fail

from harness.lanes.lane import Lane, current

#: A lane that never lets the others on keeps the loop from telling it; a signal does, later.
_STUCK_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class _Limit:
    """When a lane has to be over (seconds of the monotonic clock), and what it is told then."""

    at: float
    told: BaseException
    timer: asyncio.TimerHandle

    def is_over(self) -> bool:
        return time.monotonic() > self.at


class LimitsPlugin:
    """Sets pytest-timeout's limits for a lane, in its own words."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._limits: dict[Lane, _Limit] = {}
        signal.signal(signal.SIGALRM, self._alarm)

    @pytest.hookimpl(tryfirst=True)
    def pytest_timeout_set_timer(self, item: pytest.Item, settings: Any) -> bool | None:  # noqa: ANN401, ARG002
        """Begin a limit."""
        lane = current()
        if lane is None:
            return None
        told = fail.Exception(pytest_timeout.PYTEST_FAILURE_MESSAGE % settings.timeout)
        timer = self._loop.call_later(settings.timeout, self._over, lane)
        self._limits[lane] = _Limit(time.monotonic() + settings.timeout, told, timer)
        self._set_alarm()
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_timeout_cancel_timer(self, item: pytest.Item) -> bool | None:  # noqa: ARG002
        """Lift it."""
        lane = current()
        if lane is None:
            return None
        self._lifted(lane)
        return True

    def _over(self, lane: Lane) -> None:
        """Called by the loop, so the lane waits: for Playwright, for a thread, for another lane."""
        limit = self._lifted(lane)
        if limit is not None:
            lane.throw(limit.told)

    def _alarm(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Called wherever Python is; if that is in a lane, nothing else has gone on meanwhile."""
        lane = current()
        if lane is not None and lane in self._limits and self._limits[lane].is_over():
            limit = self._lifted(lane)
            assert limit is not None  # noqa: S101 -- it was there
            raise limit.told
        self._set_alarm()

    def _lifted(self, lane: Lane) -> _Limit | None:
        limit = self._limits.pop(lane, None)
        if limit is not None:
            limit.timer.cancel()
            self._set_alarm()
        return limit

    def _set_alarm(self) -> None:
        if not self._limits:
            signal.setitimer(signal.ITIMER_REAL, 0)
            return
        left = min(limit.at for limit in self._limits.values()) - time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, max(left, 0.0) + _STUCK_S)
