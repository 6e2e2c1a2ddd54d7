"""The lock by which anybody can wait for a run's sweeper."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path
from typing import Final

#: Held locked for as long as the sweeper lives.
LOCK_NAME: Final = ".sweeper"

#: How long the whole sweep is waited for, in seconds.
LIMIT_S: Final = 40.0


def wait_for_the_end(folder: Path, limit_s: float = LIMIT_S) -> None:
    """Return when the sweeper of the run in `folder` has ended; at once where there is none."""
    try:
        lock = os.open(folder / LOCK_NAME, os.O_RDWR)
    except FileNotFoundError:
        return
    # Waiting for a lock knows no limit; a thread that waits can be left waiting.
    waiting = threading.Thread(target=fcntl.flock, args=(lock, fcntl.LOCK_EX), daemon=True)
    waiting.start()
    waiting.join(limit_s)
    if not waiting.is_alive():
        os.close(lock)
        (folder / LOCK_NAME).unlink(missing_ok=True)
