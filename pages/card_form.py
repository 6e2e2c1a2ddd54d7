"""The SDK's card form, which lives in a frame of Ottu's own origin."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import FrameLocator, Locator, Page, expect

from pages import sdk_names as names
from pages.steps import step
from pages.typed_card import TypedCard


class CardForm:
    """Number, expiry and CVV, each with its message."""

    def __init__(self, page: Page) -> None:
        self.frame: Final[FrameLocator] = page.frame_locator(names.CARD_FRAME)
        self.number: Final = self._field(names.NUMBER)
        self.expiry: Final = self._field(names.EXPIRY)
        self.cvv: Final = self._field(names.CVV)
        self.messages: Final[Locator] = self.frame.get_by_role("alert")

    def _field(self, label: re.Pattern[str]) -> Locator:
        return self.frame.get_by_role("textbox", name=label)

    @step("The customer types a card in")
    def fill(self, card: TypedCard) -> None:
        """Type a whole card in."""
        expect(self.number, "the card form can be filled in").to_be_editable()
        self.number.fill(card.number)
        self.expiry.fill(card.expiry)
        self.cvv.fill(card.code)

    def message(self, text: str) -> Locator:
        """The message with exactly that text."""
        return self.messages.get_by_text(text, exact=True)
