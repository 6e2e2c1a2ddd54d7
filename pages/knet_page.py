"""KNET's own payment page."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page, expect

from pages.steps import step
from pages.typed_card import TypedCard


class KnetPage:
    """Card number, expiry and PIN of a Kuwaiti debit card."""

    def __init__(self, page: Page) -> None:
        self.number: Final = page.get_by_label("Card Number")
        self.month: Final = page.get_by_label("Month")
        self.year: Final = page.get_by_label("Year")
        self.pin: Final = page.get_by_label("PIN")
        self.submit_button: Final = page.get_by_role("button", name="Submit")
        self.cancel_button: Final = page.get_by_role("button", name="Cancel")

    @step("The customer pays on KNET's page")
    def pay(self, card: TypedCard) -> None:
        """Fill the form in and send it."""
        expect(self.number, "the gateway's page is shown").to_be_editable()
        self.number.fill(card.number)
        self.month.select_option(card.month)
        self.year.select_option(card.year)
        self.pin.fill(card.code)
        self.submit_button.click()

    @step("The customer cancels on KNET's page")
    def cancel(self) -> None:
        """Give the payment up."""
        expect(self.cancel_button, "the gateway's page is shown").to_be_visible()
        self.cancel_button.click()
