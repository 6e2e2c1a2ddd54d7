"""Who a client asks before it does something that lasts at a target, and whom it tells."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TypeAlias

from harness.lanes import sleep

#: Takes the id of the session that was created.
Made: TypeAlias = Callable[[str], None]


class Guard(Protocol):
    """Keeps a run within what it may do at a target (`harness.safety`)."""

    def creating(self, fields: Mapping[str, object]) -> AbstractContextManager[Made]:
        """Entered before a session with these fields is asked for, left when it is answered.

        Entering may take time, where only so many a second are allowed.

        Raises:
            BeyondLimits: it may not be created, and nothing has been asked.
        """

    def changing(self, fields: Mapping[str, object]) -> None:
        """Called before these fields of a session are changed; raises as `creating` does."""

    def wait(self) -> None:
        """Called before every request: returns when the target may be asked again."""

    def rest(self, seconds: float) -> None:
        """The target asked not to be asked for so long, by this client or any other."""


class Unguarded:
    """Allows everything; a rest is this client's own."""

    def __init__(self) -> None:
        self._until = 0.0

    @contextmanager
    def creating(self, fields: Mapping[str, object]) -> Iterator[Made]:  # noqa: ARG002
        """Nothing is kept."""
        yield lambda session_id: None  # noqa: ARG005

    def changing(self, fields: Mapping[str, object]) -> None:
        """Everything may be changed."""

    def wait(self) -> None:
        """Wait for the end of the rest; there is no event to wait for."""
        if (left := self._until - time.monotonic()) > 0:
            sleep(left)

    def rest(self, seconds: float) -> None:
        """Note it."""
        self._until = max(self._until, time.monotonic() + seconds)
