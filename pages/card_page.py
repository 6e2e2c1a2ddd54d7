"""A card gateway's own payment page."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page, expect

from pages.steps import step
from pages.typed_card import TypedCard


class CardPage:
    """Name, number, expiry and CVV on the gateway's own site."""

    def __init__(self, page: Page) -> None:
        self.name: Final = page.get_by_label("Name On Card")
        self.number: Final = page.get_by_label("Card Number")
        self.expiry: Final = page.get_by_label("Expiry Date")
        self.cvv: Final = page.get_by_label("CVV")
        self.submit_button: Final = page.get_by_role("button", name="Pay")
        self.cancel_button: Final = page.get_by_role("button", name="Cancel")

    @step("The customer pays on the gateway's page")
    def pay(self, card: TypedCard) -> None:
        """Fill the form in and send it."""
        expect(self.number, "the gateway's page is shown").to_be_editable()
        self.name.fill(card.name)
        self.number.fill(card.number)
        self.expiry.fill(card.expiry)
        self.cvv.fill(card.code)
        self.submit_button.click()

    @step("The customer cancels on the gateway's page")
    def cancel(self) -> None:
        """Give the payment up."""
        expect(self.cancel_button, "the gateway's page is shown").to_be_visible()
        self.cancel_button.click()
