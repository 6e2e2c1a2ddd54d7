"""Python's garbage collector, kept from what stays to the end of the run."""

from __future__ import annotations

import gc

import pytest


class GarbagePlugin:
    """What was loaded and collected before the first scenario is looked at no more.

    It is most of what a process holds. Every full collection would go through all of it, and
    pytest makes several when a session ends.
    """

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self) -> None:
        """Everything is there that stays."""
        gc.freeze()
