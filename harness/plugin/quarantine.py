"""A scenario in quarantine runs like any other; the report shows it as a known issue."""

from __future__ import annotations

from collections.abc import Sequence

import pytest


class QuarantinePlugin:
    """Tags the scenarios in quarantine, for the report's category of known issues."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = frozenset(ids)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Add the tag."""
        for item in items:
            if item.nodeid in self._ids:
                item.add_marker(pytest.mark.allure_label("quarantine", label_type="tag"))
