"""The merchant's own pages after and instead of a payment."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page


class ReturnPage:
    """Where the merchant takes a customer back (`redirect_url`)."""

    def __init__(self, page: Page) -> None:
        self.heading: Final = page.get_by_role("heading", level=1)
        self.state: Final = page.locator("#order-state")
        self.total: Final = page.locator("#order-total")


class ErrorPage:
    """What the merchant shows when no payment can be started."""

    def __init__(self, page: Page) -> None:
        self.heading: Final = page.get_by_role("heading", name="Something went wrong")
