"""Lets the sessions of a run through one by one, whichever of its processes asks.

What has to be the same for all of them is one small file, which each reads and writes under a
lock: how many have passed, when the next may, until when the target wants its rest.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel

from harness.errors import BeyondLimits
from harness.lanes import sleep


class _State(BaseModel):
    """Times are seconds of the machine's monotonic clock, which its processes share."""

    passed: int = 0
    next_turn: float = 0.0
    rest_until: float = 0.0
    rests: int = 0
    shut: bool = False


class Turnstile:
    """At most `cap` pass in all and `per_second` in a second; None: any number.

    Every process of a run makes one of its own for the same `path`.
    """

    def __init__(self, path: Path, cap: int | None = None, per_second: float | None = None) -> None:
        self._path = path
        self._cap = cap
        self._apart_s = 1 / per_second if per_second else 0.0

    def enter(self) -> None:
        """Return when it is one's turn.

        Raises:
            BeyondLimits: as many as may have passed, or the run is over.
        """
        with self._state() as state:
            if state.shut:
                raise BeyondLimits("The run is over: no further session is created.")
            if self._cap is not None and state.passed >= self._cap:
                message = (
                    f"This run has made the {self._cap} sessions that it may; give a larger "
                    "--session-cap, or run fewer scenarios."
                )
                raise BeyondLimits(message)
            turn = max(_now(), state.next_turn)
            state.passed += 1
            state.next_turn = turn + self._apart_s
        _sleep_until(turn)

    def rest(self, seconds: float) -> None:
        """Nobody asks the target anything for so long."""
        with self._state() as state:
            state.rest_until = max(state.rest_until, _now() + seconds)
            state.rests += 1

    def wait(self) -> None:
        """Return when the target has had its rest."""
        _sleep_until(self._read().rest_until)

    def shut(self) -> None:
        """Let nobody through any more."""
        with self._state() as state:
            state.shut = True

    @property
    def rests(self) -> int:
        """How often the target asked for a rest."""
        return self._read().rests

    def _read(self) -> _State:
        with self._locked(fcntl.LOCK_SH) as file:
            return _parsed(file)

    @contextmanager
    def _state(self) -> Iterator[_State]:
        with self._locked(fcntl.LOCK_EX) as file:
            state = _parsed(file)
            yield state
            os.ftruncate(file, 0)
            os.pwrite(file, state.model_dump_json().encode(), 0)

    @contextmanager
    def _locked(self, kind: int) -> Iterator[int]:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, kind)
            yield file
        finally:
            os.close(file)


def _parsed(file: int) -> _State:
    content = os.read(file, os.fstat(file).st_size)
    return _State.model_validate_json(content) if content else _State()


def _now() -> float:
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def _sleep_until(moment: float) -> None:
    """A turn is a time, and nothing happens then that could be waited for."""
    if (left := moment - _now()) > 0:
        sleep(left)
