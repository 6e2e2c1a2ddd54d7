"""Which of Allure's items is open, lane by lane.

Allure's plugin takes "the last one opened in this thread" for the scenario under way.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

import pytest

from harness.lanes.lane import Lane, current


class LaneItems:
    """Stands in for Allure's `ThreadContextItems`.

    Every item is found by its id from any lane, since fixtures that last are opened by one
    scenario and closed after another; the last one opened is that of the lane that asks.
    """

    def __init__(self) -> None:
        self._items: dict[str, Any] = {}
        self._opened: dict[Lane | None, OrderedDict[str, None]] = {}

    def __setitem__(self, uuid: str, item: Any) -> None:  # noqa: ANN401 -- one of Allure's models
        self._items[uuid] = item
        self._mine()[uuid] = None

    def __getitem__(self, uuid: str) -> Any:  # noqa: ANN401
        return self._items[uuid]

    def __iter__(self) -> Iterator[str]:
        return iter(self._mine())

    def __reversed__(self) -> Iterator[str]:
        return reversed(self._mine())

    def get(self, uuid: str) -> Any:  # noqa: ANN401
        """The item of that id; None where there is none."""
        return self._items.get(uuid)

    def pop(self, uuid: str) -> Any:  # noqa: ANN401
        """The same, closed."""
        for opened in self._opened.values():
            opened.pop(uuid, None)
        return self._items.pop(uuid)

    def cleanup(self) -> None:
        """Forget lanes that are over."""
        for lane in [each for each in self._opened if each is not None and each.dead]:
            del self._opened[lane]

    def _mine(self) -> OrderedDict[str, None]:
        return self._opened.setdefault(current(), OrderedDict())


def install(config: pytest.Config) -> None:
    """Have Allure's plugin keep its items so, in a run that has results written."""
    listener: Any = config.pluginmanager.getplugin("allure_listener")
    if listener is not None:
        listener.allure_logger._items = LaneItems()  # noqa: SLF001 -- it has no other way in
