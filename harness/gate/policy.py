"""What a run must show to be let through: `ci/gate.toml`, read and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from harness.errors import ConfigurationError
from harness.flows import FLOWS

DEFAULT_PATH = Path("ci") / "gate.toml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TargetPolicy(_Part):
    """What is asked of a run on one kind of target.

    `must_run` are the flows that have to be shown, `may_lack` those of them that may be skipped
    because the target cannot do them; both are names with `*` for any text. `max_skipped` and
    `max_flaky` are numbers of scenarios, None for any number.
    """

    must_run: tuple[str, ...] = ("*",)
    may_lack: tuple[str, ...] = ()
    max_skipped: int | None = Field(default=None, ge=0)
    max_flaky: int | None = Field(default=None, ge=0)

    @field_validator("must_run", "may_lack")
    @classmethod
    def _known(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            if not any(fnmatchcase(name, pattern) for name in FLOWS):
                message = f"{pattern!r} is no flow, nor does it match one"
                raise ValueError(message)
        return patterns

    def must(self, flow: str) -> bool:
        """Whether a run without this flow is not enough."""
        return _matches(flow, self.must_run)

    def lack(self, flow: str) -> bool:
        """Whether this flow may be skipped where the target cannot do it."""
        return _matches(flow, self.may_lack)


class TimePolicy(_Part):
    """How long a run may take, in seconds, and a scenario against the last green run.

    A scenario is too slow when it takes both `slower_by` times as long as it did and
    `slower_by_s` seconds longer; `slower_is_red` says whether that stops a release.
    """

    run_s: float | None = Field(default=None, gt=0)
    slower_by: float = Field(default=2.0, gt=1)
    slower_by_s: float = Field(default=5.0, ge=0)
    slower_is_red: bool = False


class Quarantine(_Part):
    """A scenario known to fail: it runs and is shown, and until `expires` it stops nothing."""

    scenario: str
    ticket: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    expires: date
    reason: str = ""

    def expired(self, today: date) -> bool:
        """Whether it counts no more; it holds on the day that it names."""
        return today > self.expires


class Policy(_Part):
    """The whole file; every part has a default, so that an empty file is a policy too."""

    embedded: TargetPolicy = TargetPolicy()
    live: TargetPolicy = TargetPolicy(may_lack=("*",))
    time: TimePolicy = TimePolicy()
    infrastructure_reruns: int = Field(default=1, ge=0, le=3)
    quarantine: tuple[Quarantine, ...] = ()

    @field_validator("quarantine")
    @classmethod
    def _once(cls, entries: tuple[Quarantine, ...]) -> tuple[Quarantine, ...]:
        names = [entry.scenario for entry in entries]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            message = f"{twice!r} is in quarantine twice"
            raise ValueError(message)
        return entries

    def holding(self, day: date) -> list[Quarantine]:
        """The quarantine entries that have not ended on that day."""
        return [entry for entry in self.quarantine if not entry.expired(day)]

    def on(self, target: dict[str, Any]) -> TargetPolicy:
        """The part that holds for a target, as its public description tells it."""
        return self.embedded if target.get("embedded", True) else self.live


def load(path: Path | None, folder: Path | None = None) -> Policy:
    """The policy in `path`; without one, that of `folder`/ci/gate.toml, else the defaults.

    Raises:
        ConfigurationError: the file is not there, or cannot be read, or says what it may not;
            the sentence names the file, the place in it and what is wrong there.
    """
    file = path or (folder or Path.cwd()) / DEFAULT_PATH
    if path is None and not file.exists():
        return Policy()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        message = f"The policy {file} cannot be read: {said}."
        raise ConfigurationError(message) from error
    try:
        return Policy.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        said = first["msg"].removeprefix("Value error, ").rstrip(".")
        message = f"The policy {file} is not valid at {place}: {said}."
        raise ConfigurationError(message) from error


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
