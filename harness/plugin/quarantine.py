"""A scenario in quarantine runs like any other; the report shows it as a known issue."""

from __future__ import annotations

from collections.abc import Sequence

import pytest


class QuarantinePlugin:
    """Tags the scenarios in quarantine, for the report's category of known issues.

    ``entries`` are a ticket and a scenario's id with a blank between them, as the gate gives them.
    """

    def __init__(self, entries: Sequence[str]) -> None:
        pairs = (entry.partition(" ") for entry in entries)
        self._tickets = {scenario: ticket for ticket, _, scenario in pairs}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Add the tag, and the link to the ticket."""
        for item in items:
            ticket = self._tickets.get(item.nodeid)
            if ticket is not None:
                item.add_marker(pytest.mark.allure_label("quarantine", label_type="tag"))
                item.add_marker(pytest.mark.allure_link(ticket, link_type="issue", name=ticket))
