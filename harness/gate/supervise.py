"""pytest as a child process, watched to its end, whatever that is."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import IO

#: CI systems that cancel a job kill it some ten seconds after asking it to stop.
GRACE_S = 5.0

_ASKED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Ending:
    """How pytest ended: with an exit status, or by a signal (negative), and who asked for it."""

    status: int
    asked: signal.Signals | None = None

    @property
    def violent(self) -> str | None:
        """The signal that ended the run, in a sentence; None where pytest ended by itself."""
        if self.asked is not None:
            return f"The run was stopped by {self.asked.name}."
        if self.status < 0:
            return f"pytest was killed by {signal.Signals(-self.status).name}."
        return None


def supervise(
    command: Sequence[str],
    environment: Mapping[str, str],
    grace_s: float = GRACE_S,
    limit_s: float | None = None,
    output: IO[bytes] | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Ending:
    """Run a command to its end and leave none of its processes behind.

    SIGINT, SIGTERM and SIGHUP ask it to stop as Ctrl-C does; what is still there `grace_s`
    seconds later, or when asked a second time, is killed. So is what takes more than `limit_s`
    seconds, where there is a limit. What it prints goes where this process prints, or to `output`.
    `meanwhile` is done as soon as it runs.
    """
    child = subprocess.Popen(  # noqa: S603 -- the caller's command
        command,
        env=dict(environment),
        stdin=subprocess.PIPE,  # a leash, for a command that minds it: harness/leash.py
        stdout=output,
        stderr=output,
        # A group of its own: signals reach it only through here, and nothing outlives it.
        start_new_session=True,
    )
    watch = _Watch(child, grace_s)
    with child, _handling(watch.asked_to_stop):
        meanwhile()
        try:
            status = child.wait(limit_s)
        except subprocess.TimeoutExpired:
            _kill_group(child.pid)
            status = child.wait()
    watch.over()
    _kill_group(child.pid)
    return Ending(status, watch.asked)


class _Watch:
    """Passes a request to stop on, and sees that it is followed."""

    def __init__(self, child: subprocess.Popen[bytes], grace_s: float) -> None:
        self._child = child
        self._grace_s = grace_s
        self._timer: threading.Timer | None = None
        self.asked: signal.Signals | None = None

    def asked_to_stop(self, number: int, _frame: FrameType | None) -> None:
        if self.asked is not None:
            _kill_group(self._child.pid)
            return
        self.asked = signal.Signals(number)
        # To pytest alone: its workers are told by it, and lose nothing that they have to say.
        self._child.send_signal(signal.SIGINT)
        self._timer = threading.Timer(self._grace_s, _kill_group, [self._child.pid])
        self._timer.daemon = True
        self._timer.start()

    def over(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


@contextmanager
def _handling(handler: signal._HANDLER) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in _ASKED}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def _kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return  # nobody is left, which is what was wanted
    except PermissionError:
        return  # on macOS: only processes that have ended and were not yet waited for
