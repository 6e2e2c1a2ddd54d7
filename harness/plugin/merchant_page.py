"""Scenarios of a merchant's own page: run when there is such a page, and then nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.plugin.scope import folders

FOLDER = "merchant_page"


class MerchantPagePlugin:
    """Leaves uncollected what the run is not about."""

    def __init__(self, config: pytest.Config, url: str | None) -> None:
        self._url = url
        self._scenarios = folders(config)

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Without an address, the merchant's scenarios; with one, all others."""
        for folder in self._scenarios:
            if collection_path.is_relative_to(folder / FOLDER):
                return None if self._url else True
            if self._url and collection_path.is_relative_to(folder) and collection_path.is_file():
                return True
        return None
