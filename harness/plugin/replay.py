"""Running again the scenarios that failed, and no others, to see more of them."""

from __future__ import annotations

from collections.abc import Generator

import pytest

OPTION = "--replayed"


class ReplayPlugin:
    """Of whatever the command line selects, only the scenarios to replay are run."""

    def __init__(self, ids: list[str]) -> None:
        self._ids = frozenset(ids)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> Generator[None]:
        """Leave the others out, after everybody else (a shard's choice included) has chosen."""
        yield
        others = [item for item in items if item.nodeid not in self._ids]
        items[:] = [item for item in items if item.nodeid in self._ids]
        config.hook.pytest_deselected(items=others)
