"""What is being examined, and what was found out of it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from harness.api import AvailableMethod
from harness.browser import BrowserChoice
from harness.settings import Conduct, Target


@dataclass(frozen=True, slots=True)
class Script:
    """The SDK's script as it was fetched; `sha256` in hex, `size` in bytes."""

    sha256: str
    size: int


@dataclass(slots=True)
class Patient:
    """Filled in by one check for those after it.

    `options` and `section` are what the command line named; `known_scripts` what former
    examinations fetched, by the script's address; `date` is what the target's clock said at
    `asked`, and `answered` when that was heard, all aware.
    """

    options: Mapping[str, str | None]
    section: str | None
    reports: Path
    known_scripts: Mapping[str, Script]
    target: Target | None = None
    conduct: Conduct = field(default_factory=Conduct)
    browser: BrowserChoice | None = None
    date: datetime | None = None
    asked: datetime | None = None
    answered: datetime | None = None
    offered: list[AvailableMethod] = field(default_factory=list)
    scripts: dict[str, Script] = field(default_factory=dict)

    @property
    def ottu(self) -> Target:
        """The target; only for checks that need one."""
        if self.target is None:
            raise LookupError("this check needs a target and does not say so")
        return self.target
