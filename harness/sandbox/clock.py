"""The sandbox's one clock, which a test can turn forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Real time plus an offset. Time never runs backwards: payments would un-expire."""

    __slots__ = ("_offset",)

    def __init__(self) -> None:
        self._offset = timedelta(0)

    def now(self) -> datetime:
        """The sandbox's present moment, in UTC."""
        return datetime.now(UTC) + self._offset

    def advance(self, seconds: float) -> datetime:
        """Turn the clock forward by that many seconds and give the new present.

        Raises ValueError for a negative number.
        """
        if seconds < 0:
            raise ValueError("the clock only turns forward")
        self._offset += timedelta(seconds=seconds)
        return self.now()
