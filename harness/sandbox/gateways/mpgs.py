"""Mastercard Payment Gateway Services: the test card's expiry decides, one card is challenged."""

from __future__ import annotations

from typing import Any, Final

from harness.sandbox.transactions import Attempt, Transaction

from .base import APPROVED, CHALLENGE, DECLINED, CardDetails, Decision, Gateway

#: The card in Ottu's own picture of the ACS emulator.
CHALLENGED: Final = "4508750015741019"

_APPROVED_NUMBERS: Final = frozenset(
    {
        "5123450000000008",
        "5120350100064537",
        "5120350100064545",
        "4111111111111111",
        "4242424242424242",
    }
)
_DECLINING_EXPIRY: Final = (5, 2039)


class Mpgs(Gateway):
    """Expiry 05/39 is declined; the challenged card asks for 3D Secure; unknown cards fail."""

    def decide_card(self, card: CardDetails) -> Decision:
        if (card.expiry_month, card.expiry_year) == _DECLINING_EXPIRY:
            return DECLINED
        if card.number == CHALLENGED:
            return CHALLENGE
        return APPROVED if card.number in _APPROVED_NUMBERS else DECLINED

    def response(self, transaction: Transaction, attempt: Attempt) -> dict[str, Any]:
        approved = attempt.outcome == "success"
        status = "AUTHORIZED" if transaction.operation == "authorize" else "CAPTURED"
        return {
            "result": "SUCCESS" if approved else "FAILURE",
            "status": status if approved else "FAILED",
            "order": {
                "id": attempt.reference_number,
                "amount": self.amount(attempt),
                "currency": attempt.currency_code,
                "reference": attempt.reference_number,
                "status": status if approved else "FAILED",
            },
            "transaction": [
                {
                    "response": {"gatewayCode": "APPROVED" if approved else "DECLINED"},
                    "transaction": {
                        "authorizationCode": self.number(6) if approved else None,
                        "receipt": self.number(12),
                        "id": self.number(10),
                    },
                }
            ],
        }

    def params(self, response: dict[str, Any], attempt: Attempt) -> dict[str, str]:
        made = response["transaction"][0]["transaction"]
        return {
            "result": response["result"],
            "transaction_id": made["id"],
            "auth_code": made["authorizationCode"] or "",
            "receipt_no": made["receipt"],
            "ref": response["order"]["reference"],
            "card_number": attempt.masked_card,
            "pg_message": attempt.message,
        }
