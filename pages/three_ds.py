"""The issuer's 3D Secure challenge, shown inside the checkout."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import FrameLocator, Locator, Page, expect

from pages import sdk_names as names
from pages.steps import step


class ThreeDS:
    """The dialog of the SDK with the bank's page (ACS) in it.

    Every verb demands that the challenge is there: one that was expected and did not come is a
    failure, never a step to leave out.
    """

    def __init__(self, page: Page) -> None:
        self.dialog: Final = page.get_by_role("dialog", name=names.THREE_DS_HEADING)
        self.bank: Final[FrameLocator] = page.frame_locator(names.THREE_DS_FRAME).frame_locator(
            names.CHALLENGE_FRAME
        )
        self.merchant: Final = self._line("Merchant Name")
        self.amount: Final = self._line("Amount")
        self.card: Final = self._line("Card Number")
        self.result: Final = self.bank.get_by_label("Authentication Result")
        self.submit_button: Final = self.bank.get_by_role("button", name="Submit")
        self.cancel_button: Final = self.bank.get_by_role("button", name="Cancel")
        self.close_button: Final = self.dialog.get_by_role("button", name=names.CLOSE)

    def _line(self, label: str) -> Locator:
        return self.bank.locator("tr").filter(has_text=f"{label}:")

    def pass_(self) -> None:
        """Prove to the bank that one is the card holder."""
        self.answer("Y")

    def fail(self) -> None:
        """Fail the bank's question."""
        self.answer("N")

    @step("The customer answers the bank's challenge")
    def answer(self, status: str) -> None:
        """Choose an authentication result by EMVCo's transaction status, and send it."""
        self.await_challenge()
        self.result.select_option(status)
        self.submit_button.click()
        self._gone()

    @step("The customer gives up on the bank's page")
    def cancel(self) -> None:
        """Give up on the bank's own page."""
        self.await_challenge()
        self.cancel_button.click()
        self._gone()

    @step("The customer closes the challenge")
    def walk_away(self) -> None:
        """Close the dialog without an answer."""
        self.await_challenge()
        self.close_button.click()
        self._gone()

    def await_challenge(self) -> None:
        """Wait until the bank asks."""
        expect(self.result, "the bank's challenge is shown").to_be_visible()

    def _gone(self) -> None:
        expect(self.dialog, "the challenge is closed").to_have_count(0)
