"""What has been noticed so far, known to all workers of a session through a folder."""

from __future__ import annotations

import hashlib
from pathlib import Path


class Tally:
    """One empty file for each defect that was noticed and each scenario that noticed one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, defect: str, scenario: str) -> None:
        """A scenario has noticed a defect."""
        for each in (defect, scenario):
            self._file(each).touch()

    def needs(self, defect: str, scenario: str) -> bool:
        """Whether running this pair can still tell anything new of either."""
        return not (self._file(defect).exists() and self._file(scenario).exists())

    def _file(self, name: str) -> Path:
        return self._folder / hashlib.sha256(name.encode()).hexdigest()[:24]
