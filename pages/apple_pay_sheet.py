"""The Apple Pay button of the SDK and the sheet of the device."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page, expect

from pages import sdk_names as names
from pages.steps import step


class ApplePaySheet:
    """What the customer confirms or dismisses."""

    def __init__(self, page: Page) -> None:
        self.button: Final = page.locator(names.WRAPPER).get_by_role("button", name=names.APPLE_PAY)
        self.sheet: Final = page.get_by_role("dialog", name=names.APPLE_PAY)
        self.confirm_button: Final = self.sheet.get_by_role("button", name="Pay with Touch ID")
        self.cancel_button: Final = self.sheet.get_by_role("button", name="Cancel")

    @step("The customer presses Apple Pay")
    def open(self) -> None:
        """Press the button; the sheet comes up and knows the merchant."""
        expect(self.button, "Apple Pay is offered").to_be_visible()
        self.button.click()
        expect(self.confirm_button, "the sheet is ready to be authorised").to_be_enabled()

    @step("The customer confirms the sheet")
    def authorize(self) -> None:
        """Confirm with a finger."""
        self.confirm_button.click()

    @step("The customer dismisses the sheet")
    def dismiss(self) -> None:
        """Close the sheet without paying."""
        self.cancel_button.click()
        expect(self.sheet, "the sheet is gone").to_have_count(0)
