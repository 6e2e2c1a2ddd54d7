"""Ottu's own result page."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page


class SummaryPage:
    """Where a customer ends whom the merchant does not take back."""

    def __init__(self, page: Page) -> None:
        self.heading: Final = page.get_by_role("heading", level=1)
        self.paid: Final = page.get_by_text("is paid", exact=False)
