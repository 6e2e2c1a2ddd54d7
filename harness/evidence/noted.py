"""The secrets that the processes of a run register, noted aside for as long as the run lasts.

Workers make keys and type cards that their supervisor never sees; to search the reports for them
it has to know them. They are noted in a file of its own, readable by nobody else, which is gone
when the run is over, however it ends.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

_PREFIX: Final = "checkout-noted-"
_ENDING: Final = (signal.SIGTERM, signal.SIGHUP)
_INCONCLUSIVE: Final = 3


class Noted:
    """The file of notes; `path` goes to the run's processes in `redaction.NOTED_IN`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def secrets(self) -> set[str]:
        """Every secret noted so far; a line that a killed process left unfinished is left out."""
        whole = self.path.read_bytes().rpartition(b"\n")[0]
        return {json.loads(line) for line in whole.splitlines()}


@contextmanager
def noting() -> Iterator[Noted]:
    """A file for notes until the block is left: in whatever way, SIGTERM and Ctrl-C included.

    What a run that was killed outright could not take away, the next one does.
    """
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    handlers = {number: signal.signal(number, _leave) for number in _ENDING}
    try:
        path = folder / "secrets.jsonl"
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield Noted(path)
    finally:
        shutil.rmtree(folder)
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(_INCONCLUSIVE)


def _sweep() -> None:
    """Take away the notes of runs that were killed before they could do it themselves."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdecimal() and folder.stat().st_uid == os.getuid() and not _alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)  # another run may be sweeping too


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
