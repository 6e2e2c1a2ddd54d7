"""Cash on delivery: nothing is charged until the merchant says it was handed over."""

from __future__ import annotations

from typing import Any, Final

from harness.sandbox.transactions import Attempt, Transaction

from .base import CardDetails, Decision, Gateway

ON_DELIVERY: Final = Decision("cod", "The payment is due on delivery.")


class CashOnDelivery(Gateway):
    """No card is ever asked for; the customer's choice alone decides."""

    def decide_card(self, card: CardDetails) -> Decision:
        return ON_DELIVERY

    def response(self, transaction: Transaction, attempt: Attempt) -> dict[str, Any]:
        return {"result": attempt.outcome, "amount": self.amount(attempt)}

    def params(self, response: dict[str, Any], attempt: Attempt) -> dict[str, str]:
        return {"result": str(response["result"]), "pg_message": attempt.message}
