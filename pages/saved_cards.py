"""The cards a customer kept on earlier visits."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page, expect

from pages import sdk_names as names
from pages.steps import step


class SavedCards:
    """Rows of saved cards, the CVV asked for again, and the question before one is removed."""

    def __init__(self, page: Page) -> None:
        self.rows: Final[Locator] = page.locator(f'{names.METHOD}[name="token_pay"]')
        self.cvv: Final = page.frame_locator(names.CVV_FRAME).get_by_role("textbox", name=names.CVV)
        self.removal: Final = page.get_by_role("dialog", name=names.REMOVE_HEADING)
        self.remove_button: Final = self.removal.get_by_role("button", name=names.REMOVE)
        self.keep_button: Final = self.removal.get_by_role("button", name=names.KEEP)

    def card(self, last_four: str) -> Locator:
        """The row of the card that ends in these digits."""
        return self.rows.filter(has_text=f"**** {last_four}")

    @step("The customer chooses a saved card")
    def choose(self, last_four: str) -> None:
        """Choose to pay with that card."""
        row = self.card(last_four)
        expect(row, f"the saved card {last_four} is offered").to_be_visible()
        row.get_by_role("radio").check()

    @step("The customer types the CVV of the saved card")
    def type_cvv(self, code: str) -> None:
        """Type the code that is asked for again."""
        expect(self.cvv, "the CVV of the saved card is asked for").to_be_editable()
        self.cvv.fill(code)

    @step("The customer presses the bin of a saved card")
    def ask_to_remove(self, last_four: str) -> None:
        """Press the bin of that card; the SDK asks whether it is meant."""
        self.card(last_four).get_by_role("button").click()
        expect(self.removal, "the SDK asks before it removes a card").to_be_visible()

    @step("The customer removes a saved card")
    def remove(self, last_four: str) -> None:
        """Remove that card for good."""
        self.ask_to_remove(last_four)
        self.remove_button.click()
        expect(self.card(last_four), "the removed card is gone").to_have_count(0)

    @step("The customer keeps the card after all")
    def keep(self) -> None:
        """Keep the card after all."""
        self.keep_button.click()
        expect(self.removal, "the question is gone").to_have_count(0)
