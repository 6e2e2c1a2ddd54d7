"""What a scenario prints, told with that scenario.

pytest captures by turning the process's own output away, for one test at a time.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Generator
from typing import Any, Final

import pytest

from harness.lanes.places import Attribute, Place

_STREAMS: Final = ("stdout", "stderr")


class OutputPlugin:
    """Stands in for pytest's capturing while scenarios run in lanes."""

    def __init__(self, config: pytest.Config) -> None:
        capturing = config.pluginmanager.unregister(name="capturemanager")
        if capturing is not None:
            capturing.stop_global_capturing()
        self._places = [Attribute(sys, name) for name in _STREAMS]

    @property
    def places(self) -> list[Place]:
        """Where a lane has its own."""
        return list(self._places)

    def own(self) -> dict[Place, Any]:
        """What a new lane gets."""
        return {place: io.StringIO() for place in self._places}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Tell what was printed in it."""
        return (yield from _told(item, "setup"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Tell what was printed in it."""
        return (yield from _told(item, "call"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """Tell what was printed in it."""
        return (yield from _told(item, "teardown"))


def _told(item: pytest.Item, when: str) -> Generator[None, object, object]:
    try:
        return (yield)
    finally:
        for name in _STREAMS:
            stream: io.StringIO = getattr(sys, name)
            item.add_report_section(when, name, stream.getvalue())
            stream.seek(0)
            stream.truncate()
