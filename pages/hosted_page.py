"""Ottu's hosted checkout page, where a payment link leads."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from pages.embedded_checkout import EmbeddedCheckout


class HostedPage(EmbeddedCheckout):
    """The same SDK on a page of Ottu's own."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.heading: Final = page.get_by_role("heading")
