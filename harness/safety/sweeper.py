"""The process that closes what a run left open, when everybody who could has gone.

It is started with the run, in a session of its own which no signal to the run reaches, is told
the target on its standard input, and waits for the input's end: that comes when its starter is
done, and no less when that is killed. The key is in no argument, no environment and no file.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from harness.api import CheckoutAPI
from harness.errors import InfrastructureError
from harness.redaction import redactor
from harness.safety.closing import Sweep
from harness.safety.journal import Journal
from harness.safety.lock import LIMIT_S, LOCK_NAME
from harness.safety.turnstile import Turnstile
from harness.settings import Target

#: How long a target may be silent before what is open there is given up, in seconds.
PATIENCE_S: Final = 15.0

_TIMEOUT_S: Final = 5.0


class Sweeper:
    """A sweeper for a run, as its starter sees it."""

    def __init__(self, target: Target, journal: Path, turnstile: Path) -> None:
        self._journal = Journal(journal)
        self._lock = journal.with_name(LOCK_NAME)
        lock = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        self._process = subprocess.Popen(  # noqa: S603 -- our own command
            [sys.executable, "-m", "harness.safety", str(journal), str(turnstile)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[lock],  # a lock belongs to the open file, and lives on in the child
            start_new_session=True,
        )
        os.close(lock)
        self._tell(json.dumps(target.to_wire()).encode() + b"\n")

    def finish(self) -> None:
        """Let it sweep, and wait until it has; where nothing is open it has nothing to do."""
        if self._journal.open_sessions():
            self._let_go()
        else:
            self._process.kill()
        try:
            self._process.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._process.wait()
        self._let_go()
        self._lock.unlink(missing_ok=True)

    def _let_go(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()

    def _tell(self, line: bytes) -> None:
        if self._process.stdin is None:  # pragma: no cover -- Popen was told to make a pipe
            raise InfrastructureError("The sweeper has no standard input.")
        self._process.stdin.write(line)
        self._process.stdin.flush()


def sweep(journal: Path, turnstile: Path) -> None:
    """Wait for the end of the run, then sweep."""
    target = Target.model_validate_json(sys.stdin.buffer.readline())
    redactor.register(target.api_key)
    sys.stdin.buffer.read()
    # What is asked for from now on is asked by nobody who would close it.
    if turnstile.exists():
        Turnstile(turnstile).shut()
    with CheckoutAPI(target.base_url, target.api_key, _TIMEOUT_S, patience_s=PATIENCE_S) as api:
        Sweep(api, PATIENCE_S).run(Journal(journal))
