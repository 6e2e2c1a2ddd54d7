"""What keeps a run within bounds at a target that is not the harness's own.

Three things are kept on disk, where all processes of a run find them and where they outlive each
of these: a `Turnstile` (how many sessions, how fast), a `Journal` (which sessions there are) and
the `Sweeper`, a process that closes what is left open when everybody else has gone.
"""

from harness.safety.closing import Sweep, close
from harness.safety.guard import RunGuard
from harness.safety.journal import FILE_NAME, Journal, Session
from harness.safety.run_id import new_run_id
from harness.safety.sweeper import Sweeper, wait_for_the_end
from harness.safety.turnstile import Turnstile

__all__ = [
    "FILE_NAME",
    "Journal",
    "RunGuard",
    "Session",
    "Sweep",
    "Sweeper",
    "Turnstile",
    "close",
    "new_run_id",
    "wait_for_the_end",
]
