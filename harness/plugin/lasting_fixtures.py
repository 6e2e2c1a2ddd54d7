"""Fixtures that outlive scenarios, and what they keep of those that are over."""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator

import pytest


class LastingFixturesPlugin:
    """They forget the fixtures of a scenario that is over.

    pytest notes on every fixture which others are to be finished before it, and never strikes one
    out that is (pytest-dev/pytest#4871): eight KiB a scenario here, and one more step each at the
    session's end, of which none does anything.
    """

    def __init__(self) -> None:
        self._lasting: set[pytest.FixtureDef[object]] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> None:
        """Note one that outlives scenarios."""
        if fixturedef.scope != "function":
            self._lasting.add(fixturedef)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """Strike out, at a scenario's end, what is finished."""
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
