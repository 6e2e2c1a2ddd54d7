"""Lanes in one of xdist's workers, which takes scenarios as they are sent to it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from harness.lanes.places import Attribute, Place
from harness.lanes.running import Running


class XdistsQueue:
    """What xdist's worker is given to run; it has no public way in.

    Its loop calls `run_one_test` for each, which here begins one and comes back.
    """

    def __init__(self, session: pytest.Session) -> None:
        plugins = session.config.pluginmanager.get_plugins()
        self._worker: Any = next(each for each in plugins if hasattr(each, "torun"))
        self._session = session
        # What a report says of its scenario.
        self._worker.item_index = None
        self._index = Attribute(self._worker, "item_index")
        self.places: tuple[Place, ...] = (self._index,)

    def give_to(self, running: Running) -> None:
        """Let these lanes run what is there, and what is still to come."""
        self._running = running
        self._worker.run_one_test = self._begin_one
        queue = self._worker.torun
        put = queue.put

        def put_and_tell(item: object) -> None:
            put(item)
            running.look_again()

        queue.put = put_and_tell

    def _begin_one(self) -> None:
        """Returns when a lane has it and another is due."""
        running = self._running
        running.until_there_is_room()
        if self._session.shouldfail or self._session.shouldstop:
            running.finish()
            return  # xdist's loop looks, and ends
        index: int = self._worker.nextitem_index
        running.begin(
            self._session.items[index], {self._index: index}, partial(self._tell_over, index)
        )
        due = self._worker.nextitem_index = self._next()
        if not isinstance(due, int):
            # Nothing more: the last ones still run inside xdist's loop, as all others did.
            running.finish()

    def _tell_over(self, index: int, seconds: float) -> None:
        self._worker.sendevent("runtest_protocol_complete", item_index=index, duration=seconds)

    def _next(self) -> object:
        """What xdist says is due next, or its mark that nothing is."""
        due: list[object] = []

        def taken() -> bool:
            # Seen and taken at once: xdist may want back what still waits.
            with self._worker.torun.lock() as waiting:
                if waiting:
                    due.append(waiting.popleft())
            return bool(due)

        self._running.until(taken)
        return due[0]
