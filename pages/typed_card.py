"""A card as a customer types it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TypedCard:
    """What stands on a card. ``code`` is its CVV, or the PIN of a debit card; neither is shown."""

    number: str = field(repr=False)
    month: str
    year: str
    code: str = field(repr=False)
    name: str = "Test Customer"

    @property
    def expiry(self) -> str:
        """The expiry as it is printed: ``MM/YY``."""
        return f"{self.month}/{self.year[-2:]}"

    @property
    def last_four(self) -> str:
        """The digits a customer knows a saved card by."""
        return self.number[-4:]
