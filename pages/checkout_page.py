"""The merchant's page on which an order is paid."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from pages.embedded_checkout import EmbeddedCheckout
from pages.steps import step


class CheckoutPage(EmbeddedCheckout):
    """The embedded SDK with the merchant's order summary beside it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.order_total: Final = page.locator("#order-total")
        self.notice: Final = page.locator("#notice")
        self.quantity: Final = page.get_by_label("Quantity")

    @step("The customer changes the basket")
    def change_quantity(self, pieces: int) -> None:
        """Put another number of pieces into the basket."""
        self.quantity.select_option(str(pieces))

    @step("The customer accepts the terms of sale")
    def accept_terms(self) -> None:
        """Tick that the terms of sale are accepted."""
        self.browser_page.get_by_label("I accept the terms of sale").check()

    @step("The customer loads the page again")
    def reload(self) -> None:
        """Load the page again, as an impatient customer does."""
        self.browser_page.reload()
        self.await_methods()
