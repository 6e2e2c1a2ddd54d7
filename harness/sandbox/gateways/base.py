"""What every gateway can be asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from harness.sandbox.money import text
from harness.sandbox.references import digits
from harness.sandbox.tenants import Part
from harness.sandbox.transactions import Attempt, Transaction

Outcome = Literal["success", "failed", "canceled", "error", "challenge", "cod"]


@dataclass(frozen=True, slots=True)
class CardDetails:
    """A card as it was typed. ``repr`` never shows the number or the code."""

    number: str = field(repr=False)
    expiry_month: int
    expiry_year: int
    code: str = field(default="", repr=False)
    name_on_card: str = ""

    @property
    def masked(self) -> str:
        """First six and last four digits."""
        hidden = "X" * (len(self.number) - 10)
        return f"{self.number[:6]}{hidden}{self.number[-4:]}"

    @property
    def brand(self) -> str:
        """The card scheme by its leading digits."""
        if self.number.startswith("888888"):
            return "KNET"
        leading = self.number[:2]
        if leading[:1] == "4":
            return "VISA"
        if leading in {"51", "52", "53", "54", "55"} or leading[:1] == "2":
            return "MASTERCARD"
        return "AMEX" if leading in {"34", "37"} else "CARD"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the gateway says of a payment."""

    outcome: Outcome
    message: str


APPROVED = Decision("success", "Payment operation completed successfully.")
DECLINED = Decision("failed", "Transaction declined by the issuing bank.")
CANCELED = Decision("canceled", "Payment operation is cancelled.")
CHALLENGE = Decision("challenge", "3D Secure authentication is required.")
NOT_AUTHENTICATED = Decision("failed", "3D Secure authentication failed.")


class Gateway(Part):
    """A gateway's test system."""

    def decide_card(self, card: CardDetails) -> Decision:
        """The decision on a card that the customer typed."""
        raise NotImplementedError

    def decide_token(self, card: CardDetails) -> Decision:
        """The decision on a saved card; by default the same as on the card itself."""
        return self.decide_card(card)

    def decide_wallet(self, transaction: Transaction) -> Decision:
        """The decision on a wallet payment: ``extra.sandbox_result`` asks for a decline."""
        asked = (transaction.fields.get("extra") or {}).get("sandbox_result", "success")
        if asked == "success":
            return APPROVED
        return Decision("failed", "Simulated decline")

    def decide_authenticated(self, status: str) -> Decision:
        """The decision after a challenge, by EMVCo's transaction status."""
        if status in {"Y", "A"}:
            return APPROVED
        return CANCELED if status == "C" else NOT_AUTHENTICATED

    def response(self, transaction: Transaction, attempt: Attempt) -> dict[str, Any]:
        """The gateway's raw answer, in its own shape."""
        raise NotImplementedError

    def params(self, response: dict[str, Any], attempt: Attempt) -> dict[str, str]:
        """The answer in Ottu's normalised names (pg_params)."""
        raise NotImplementedError

    @staticmethod
    def amount(attempt: Attempt) -> str:
        """What the customer was charged, fee included."""
        return text(attempt.total, attempt.currency_code)

    @staticmethod
    def number(count: int) -> str:
        """A number as the gateway gives its payments."""
        return digits(count)
