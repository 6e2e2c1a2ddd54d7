"""Scenarios that are over, as pytest keeps them to the end of the run."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Literal

import pytest


class FinishedItemsPlugin:
    """They weigh no more than before they ran.

    pytest keeps every item and its three reports, and with them what other plugins noted there
    while it ran: two and a half KiB a scenario, none of which is read again.
    """

    def __init__(self) -> None:
        self._keywords: dict[pytest.Item, Mapping[str, Literal[1]]] = {}

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Take off what was noted on the item while it ran, reruns included."""
        before = set(vars(item))
        bare = not item.stash
        try:
            return (yield)
        finally:
            for name in vars(item).keys() - before:
                delattr(item, name)
            if bare:
                item.stash = pytest.Stash()
            self._keywords.pop(item, None)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Have the reports of an item share the keywords that they share."""
        report = yield
        if self._keywords.get(item) != report.keywords:
            self._keywords[item] = report.keywords
        report.keywords = self._keywords[item]
        return report
