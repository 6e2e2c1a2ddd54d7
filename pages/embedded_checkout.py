"""The SDK as it is embedded in a page: what is offered, what it costs, the button that pays."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page, expect

from pages import sdk_names as names
from pages.apple_pay_sheet import ApplePaySheet
from pages.card_form import CardForm
from pages.popup import Popup
from pages.saved_cards import SavedCards
from pages.steps import step
from pages.three_ds import ThreeDS


class EmbeddedCheckout:
    """A page that shows the SDK. The merchant's page and Ottu's hosted page both are one."""

    def __init__(self, page: Page) -> None:
        self.browser_page: Final = page
        self.wrapper: Final[Locator] = page.locator(names.WRAPPER)
        self.rendered: Final[Locator] = page.locator(names.RENDERED)
        self.methods: Final[Locator] = page.locator(names.METHOD)
        self.amount: Final[Locator] = page.locator(names.AMOUNT)
        self.fees: Final[Locator] = page.locator(names.FEES)
        self.pay_button: Final = self.wrapper.get_by_role("button", name=names.PAY)
        self.save_card: Final = self.wrapper.get_by_role("switch", name=names.SAVE_CARD)
        self.card_form: Final = CardForm(page)
        self.saved_cards: Final = SavedCards(page)
        self.apple_pay: Final = ApplePaySheet(page)
        self.three_ds: Final = ThreeDS(page)
        self.popup: Final = Popup(page)

    def await_methods(self) -> None:
        """Wait until the SDK has rendered what it offers."""
        expect(self.rendered, "the SDK has rendered").to_be_attached()

    def method(self, code: str) -> Locator:
        """The row of the method with that pg code."""
        return self.browser_page.locator(names.by_code(code))

    def offered(self) -> list[str]:
        """The pg codes of the methods that are shown, from top to bottom."""
        return [
            code
            for row in self.methods.all()
            if (code := row.get_attribute("ottu_pg") or row.get_attribute("redirect"))
        ]

    @step("The customer chooses a payment method")
    def choose(self, code: str) -> None:
        """Choose the method with that pg code."""
        row = self.method(code)
        expect(row, f"the method {code} is offered").to_be_visible()
        row.get_by_role("radio").check()

    @step("The customer wants the card to be saved")
    def keep_card(self) -> None:
        """Switch on that the card is to be saved."""
        self.save_card.check()
        expect(self.save_card).to_be_checked()

    @step("The customer presses Pay")
    def pay(self) -> None:
        """Press the button that pays."""
        expect(self.pay_button, "the checkout can be paid").to_be_enabled()
        self.pay_button.click()
