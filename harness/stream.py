"""What happened in a run, kept on disk line by line as it happens.

The controller writes one JSON object a line and leaves nothing in a buffer, so that whatever
ends the run (a signal, a full disk, a power cut in a plugin) leaves everything that had happened
before. The verdict is made from this file and from nothing else.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from harness.errors import InfrastructureError

FILE_NAME = "stream.jsonl"

#: *failed*: the checkout did the wrong thing. *broken*: the harness, the browser, the machine or
#: the target fell over, and nothing is known of the checkout. *configuration*: wrong usage.
Kind = Literal["failed", "broken", "configuration"]


class _Event(BaseModel):
    # Built when first used: a worker writes none.
    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))


class Shard(BaseModel):
    """Which part of the scenarios a run was given: 1 of 4."""

    model_config = ConfigDict(frozen=True)

    index: int
    count: int


class RunStarted(_Event):
    """The first line.

    `narrowed` says how scenarios were selected, None where all were meant; `options` are what
    the same scenario needs to run in the same way again, the seed among them.
    """

    event: Literal["run_started"] = "run_started"
    seed: int
    options: list[str] = []
    shard: Shard | None = None
    narrowed: str | None = None
    workers: int = 0


class TargetKnown(_Event):
    """The target answers; `target` is what may be shown of it."""

    event: Literal["target_known"] = "target_known"
    target: dict[str, Any]
    sandbox_pid: int | None = None


class Scenario(BaseModel):
    """A scenario as it was collected; `sentence` is its docstring's first line.

    `beyond` says why the browser that was asked for cannot do it, empty where it can.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    flow: str
    sentence: str = ""
    beyond: str = ""


class Collected(_Event):
    """Everything that is to run. Further lines of this kind say the same of other workers."""

    event: Literal["collected"] = "collected"
    scenarios: list[Scenario]


class Phase(_Event):
    """One phase of one attempt at a scenario has ended.

    `when` is setup, call, teardown, or "crash" where the process that ran it is gone. `outcome`
    is pytest's own word; "rerun" means that another attempt follows. Times are in seconds.
    """

    event: Literal["phase"] = "phase"
    id: str
    when: Literal["setup", "call", "teardown", "crash"]
    outcome: str
    duration_s: float = 0.0
    started: AwareDatetime | None = None
    worker: str = ""
    kind: Kind | None = None
    message: str = ""
    details: str = ""


class CollectionFailed(_Event):
    """A file could not be collected."""

    event: Literal["collection_failed"] = "collection_failed"
    id: str
    kind: Kind
    message: str


class Stopped(_Event):
    """The run was cut short: it could not begin, or something ended it that was not pytest."""

    event: Literal["stopped"] = "stopped"
    kind: Kind
    message: str


class TargetLost(_Event):
    """The target does not answer any more; what fails from here on says nothing of it."""

    event: Literal["target_lost"] = "target_lost"
    message: str


class BrowserLost(_Event):
    """The server that lent its browsers is gone; what fails from here on says nothing."""

    event: Literal["browser_lost"] = "browser_lost"
    message: str


class Probed(_Event):
    """The target still answered when it was asked, after something had gone wrong."""

    event: Literal["probed"] = "probed"
    message: str


class LeftOut(_Event):
    """A witness that no scenario of this run can hear, and why."""

    event: Literal["left_out"] = "left_out"
    witness: str
    reason: str


class Rested(_Event):
    """The target asked so often not to be asked for a while (429), and was obeyed."""

    event: Literal["rested"] = "rested"
    times: int


class LeftOpen(_Event):
    """Something that the run made at its target and could not close: which, and why."""

    event: Literal["left_open"] = "left_open"
    what: str
    reason: str


class Finished(_Event):
    """pytest came to its end by itself, with this exit status."""

    event: Literal["finished"] = "finished"
    exit_status: int


Event = Annotated[
    RunStarted
    | TargetKnown
    | Collected
    | Phase
    | CollectionFailed
    | Stopped
    | TargetLost
    | BrowserLost
    | Probed
    | LeftOut
    | Rested
    | LeftOpen
    | Finished,
    Field(discriminator="event"),
]

_EVENTS: TypeAdapter[Event] = TypeAdapter(Event, config=ConfigDict(defer_build=True))


class StreamWriter:
    """Appends events to a file; safe to use from several threads.

    Raises:
        InfrastructureError: an event could not be written; it names the file and the cause.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        except OSError as error:
            raise self._broken(error) from error

    def write(self, event: Event) -> None:
        """Put one event on disk before returning."""
        line = event.model_dump_json().encode() + b"\n"
        with self._lock:
            try:
                while line:
                    line = line[os.write(self._file, line) :]
            except OSError as error:
                raise self._broken(error) from error

    def close(self) -> None:
        """Let the file go."""
        os.close(self._file)

    def _broken(self, error: OSError) -> InfrastructureError:
        return InfrastructureError(
            f"The run's record {self._path} cannot be written: {error.strerror}."
        )


def append(path: Path, event: Event) -> None:
    """Add an event to the record of a run that has ended, after its last whole line.

    Raises:
        InfrastructureError: the file cannot be written.
    """
    try:
        with path.open("ab+") as file:
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)
            file.write(event.model_dump_json().encode() + b"\n")
    except OSError as error:
        message = f"The run's record {path} cannot be written: {error.strerror}."
        raise InfrastructureError(message) from error


def read(path: Path) -> Iterator[Event]:
    """Every whole event of a stream, in order.

    The last line of a run that was killed may be cut off: it is left out. A file that is not
    there gives nothing.

    Raises:
        InfrastructureError: a line before the last is no event.
    """
    if not path.exists():
        return
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            yield _EVENTS.validate_json(line)
        except ValidationError as error:
            if number == len(lines):
                return
            message = f"{path}, line {number}, is no event of a run; was it written by hand?"
            raise InfrastructureError(message) from error
