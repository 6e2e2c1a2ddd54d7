"""The SDK's popups."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page, expect

from pages import sdk_names as names
from pages.steps import step


class Popup:
    """The error, success and redirect popups, by their headings."""

    def __init__(self, page: Page) -> None:
        self.error: Final = page.get_by_role("dialog", name=names.ERROR_HEADING)
        self.success: Final = page.get_by_role("dialog", name=names.SUCCESS_HEADING)
        self.try_again_button: Final = self.error.get_by_role("button", name=names.TRY_AGAIN)
        self.close_button: Final = self.error.get_by_role("button", name=names.CLOSE)
        self.redirect: Final = page.get_by_role("dialog", name=names.REDIRECT_HEADING)

    @step("The customer presses Try Again")
    def try_again(self) -> None:
        """Close the error popup by its button."""
        expect(self.error, "the error popup is shown").to_be_visible()
        self.try_again_button.click()
        expect(self.error, "the error popup is closed").to_have_count(0)

    @step("The customer closes the popup")
    def close(self) -> None:
        """Close the error popup by its cross."""
        expect(self.error, "the error popup is shown").to_be_visible()
        self.close_button.click()
        expect(self.error, "the error popup is closed").to_have_count(0)
