"""Every session that a run asked for, and what became of it, kept on disk line by line."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from harness.errors import InfrastructureError

FILE_NAME = "sessions.jsonl"

#: *asked*: the target may have made it. *made*: it has. *refused*: it has not. *closed*: nobody
#: can pay it any more. *left*: it could not be closed.
Step = Literal["asked", "made", "refused", "closed", "left"]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))
    entry: str
    step: Step
    order_no: str | None = None
    session_id: str | None = None
    lifetime: str | None = None
    reason: str | None = None


class Session(BaseModel):
    """One that a run asked for and has not closed yet.

    It is known by its `order_no` alone where the target's answer never came. `lifetime` is the
    `expiration_time` it was given; `reason` why it could not be closed, where that was tried.
    """

    model_config = ConfigDict(frozen=True)

    entry: str
    order_no: str | None = None
    session_id: str | None = None
    asked: AwareDatetime
    lifetime: str | None = None
    reason: str | None = None

    @property
    def name(self) -> str:
        """How a reader finds it at the target."""
        return f"order {self.order_no}" if self.order_no else f"session {self.session_id}"


class Journal:
    """The record of a run in a file that all its processes append to, a whole line at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def asked(self, order_no: str | None, lifetime: str | None) -> str:
        """A session is about to be asked for; gives the name of its entry."""
        entry = uuid.uuid4().hex
        self._append(_Line(entry=entry, step="asked", order_no=order_no, lifetime=lifetime))
        return entry

    def made(self, entry: str, session_id: str) -> None:
        """The target has made it."""
        self._append(_Line(entry=entry, step="made", session_id=session_id))

    def refused(self, entry: str) -> None:
        """The target has not made it."""
        self._append(_Line(entry=entry, step="refused"))

    def closed(self, entry: str) -> None:
        """Nobody can pay it any more."""
        self._append(_Line(entry=entry, step="closed"))

    def left(self, entry: str, reason: str) -> None:
        """It could not be closed."""
        self._append(_Line(entry=entry, step="left", reason=reason))

    def open_sessions(self) -> list[Session]:
        """What may still be paid, in the order it was asked for."""
        found: dict[str, Session] = {}
        for line in self._lines():
            if line.step == "asked":
                found[line.entry] = Session(
                    entry=line.entry,
                    order_no=line.order_no,
                    asked=line.at,
                    lifetime=line.lifetime,
                )
            elif line.step in {"refused", "closed"}:
                found.pop(line.entry, None)
            elif line.entry in found:
                update = {"session_id": line.session_id} if line.step == "made" else {}
                update |= {"reason": line.reason}
                found[line.entry] = found[line.entry].model_copy(update=update)
        return list(found.values())

    def _lines(self) -> Iterator[_Line]:
        if not self._path.exists():
            return
        for text in self._path.read_bytes().split(b"\n"):
            try:
                yield _Line.model_validate_json(text)
            except ValidationError:
                continue  # the line that a killed process was writing, or the end of the file

    def _append(self, line: _Line) -> None:
        try:
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            try:
                # Begun with a line end: what a killed process left unfinished spoils no other.
                os.write(file, b"\n" + line.model_dump_json(exclude_none=True).encode() + b"\n")
            finally:
                os.close(file)
        except OSError as error:
            message = f"The record of sessions {self._path} cannot be written: {error.strerror}."
            raise InfrastructureError(message) from error
