"""When Ottu will ask a gateway again by itself, by a tenant's own clock."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from .clock import Clock
from .transactions import Transaction

DEFAULT_MINUTES: Final = 10


class Agenda:
    """Sessions and the moments they are due.

    ``extra.expires_in_minutes`` of a session says how long after an attempt, else it is ten
    minutes. ``wake`` is called in real time; a clock that is turned forward asks ``due``.
    """

    def __init__(self, clock: Clock, wake: Callable[[], None]) -> None:
        self._clock = clock
        self._wake = wake
        self._due: list[tuple[datetime, str]] = []

    def note(self, transaction: Transaction, started: datetime) -> None:
        """The gateway is to be asked about the attempt that started then."""
        given = (transaction.fields.get("extra") or {}).get("expires_in_minutes")
        minutes = given if type(given) is int and 0 < given <= 60 * 24 else DEFAULT_MINUTES
        heapq.heappush(self._due, (started + timedelta(minutes=minutes), transaction.session_id))
        asyncio.get_running_loop().call_later(minutes * 60 + 0.1, self._wake)

    def due(self) -> list[str]:
        """The sessions whose time has come; each is named once."""
        now, found = self._clock.now(), []
        while self._due and self._due[0][0] <= now:
            found.append(heapq.heappop(self._due)[1])
        return found
