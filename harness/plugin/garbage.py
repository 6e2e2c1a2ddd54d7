"""Memory, kept from growing with the scenarios that are over."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Generator

import pytest


class GarbagePlugin:
    """What stays to the end of the run is looked at no more; what is over does not stay."""

    def __init__(self) -> None:
        self._lasting: set[pytest.FixtureDef[object]] = set()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self) -> None:
        """Everything is there that stays.

        It is most of what a process holds. Every full collection would go through all of it, and
        pytest makes several when a session ends.
        """
        gc.freeze()

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> None:
        """Note a fixture that outlives scenarios."""
        if fixturedef.scope != "function":
            self._lasting.add(fixturedef)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """Have the fixtures that stay forget those of a scenario that is over.

        pytest notes on every fixture which others are to be finished before it, and never strikes
        one out that is (pytest-dev/pytest#4871): eight KiB a scenario here, and one more step
        each at the session's end, of which none does anything.
        """
        try:
            return (yield)
        finally:
            for fixture in self._lasting:  # there is no public way to what they noted
                fixture._finalizers[:] = filter(_is_due, fixture._finalizers)  # noqa: SLF001


def _is_due(finalizer: Callable[[], object]) -> bool:
    """Whether it still does something; to finish what is finished does nothing."""
    if not isinstance(finalizer, functools.partial):
        return True
    finished = getattr(finalizer.func, "__self__", None)
    if not isinstance(finished, pytest.FixtureDef) or finalizer.func != finished.finish:
        return True
    return finished.cached_result is not None
