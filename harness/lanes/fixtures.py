"""Fixtures of a scenario's own, though another scenario has the same under way."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from _pytest.fixtures import FixtureManager, FuncFixtureInfo, SubRequest

from harness.lanes.lane import OneAtATime

Fixture = pytest.FixtureDef[Any]
_Visible = Callable[[str, pytest.Item], Sequence[Fixture] | None]

_OWN = pytest.StashKey["_Own"]()


class _Own(dict[str, Sequence[Fixture]]):
    """By name, the fixtures that one scenario sees; all but the session's are its own."""

    def __init__(self, share: Callable[[Fixture], None]) -> None:
        self._share = share
        self._copies: dict[Fixture, Fixture] = {}

    def add(self, name: str, fixtures: Sequence[Fixture]) -> Sequence[Fixture]:
        self[name] = tuple(map(self._own, fixtures))
        return self[name]

    def _own(self, fixture: Fixture) -> Fixture:
        if fixture.scope == "session":
            self._share(fixture)
            return fixture
        if fixture not in self._copies:
            own = copy.copy(fixture)
            # pytest keeps on the fixture what it gave and what is to be done after it.
            own._finalizers = []  # type: ignore[misc]  # noqa: SLF001
            own.cached_result = None
            self._copies[fixture] = own
        return self._copies[fixture]


class OwnFixtures:
    """Gives every scenario copies of the fixtures that are made anew for each.

    Those of a module, class or package are too: which of its scenarios is the last one, no lane
    knows. Those of the session are shared; while one is being made, nobody else makes any.
    """

    def __init__(self, manager: FixtureManager) -> None:
        self._visible: _Visible = manager.getfixturedefs
        self._making = OneAtATime()
        self._shared: set[Fixture] = set()
        # For what is asked for by name only while the scenario runs.
        manager.getfixturedefs = self._visible_to  # type: ignore[assignment,method-assign]

    @contextmanager
    def own(self, item: pytest.Function) -> Iterator[None]:
        """A block in which `item` runs with copies; pytest keeps the item longer, but not them."""
        own = item.stash[_OWN] = _Own(self._share)
        info = item._fixtureinfo  # noqa: SLF001
        for name, fixtures in info.name2fixturedefs.items():
            own.add(name, fixtures)
        item._fixtureinfo = FuncFixtureInfo(  # noqa: SLF001
            info.argnames, info.initialnames, info.names_closure, own
        )
        item._initrequest()  # noqa: SLF001
        try:
            yield
        finally:
            item._fixtureinfo = info  # noqa: SLF001
            del item.stash[_OWN]

    def _visible_to(self, name: str, item: pytest.Item) -> Sequence[Fixture] | None:
        own = item.stash.get(_OWN, None)
        if own is not None and name in own:
            return own[name]
        fixtures = self._visible(name, item)
        return fixtures if own is None or fixtures is None else own.add(name, fixtures)

    def _share(self, fixture: Fixture) -> None:
        if fixture in self._shared:
            return
        self._shared.add(fixture)
        execute = fixture.execute

        def alone(request: SubRequest) -> object:
            if fixture.cached_result is not None:
                return execute(request)
            with self._making:
                return execute(request)

        fixture.execute = alone  # type: ignore[method-assign]
