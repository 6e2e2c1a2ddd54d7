"""MyFatoorah's invoice page."""

from __future__ import annotations

from typing import Any, Final

from harness.sandbox.transactions import Attempt, Transaction

from .base import APPROVED, DECLINED, CardDetails, Decision, Gateway

_APPROVED_NUMBERS: Final = frozenset(
    {"4508750015741019", "5123450000000008", "8888880000000001", "345678901234564"}
)


class MyFatoorah(Gateway):
    """Its published test cards are accepted, all others are declined."""

    def decide_card(self, card: CardDetails) -> Decision:
        return APPROVED if card.number in _APPROVED_NUMBERS else DECLINED

    def response(self, transaction: Transaction, attempt: Attempt) -> dict[str, Any]:
        # "Succss" and "TransationValue" are misspelt by MyFatoorah itself, and relied upon.
        approved = attempt.outcome == "success"
        return {
            "InvoiceId": int(self.number(8)),
            "InvoiceStatus": "Paid" if approved else "Pending",
            "InvoiceReference": attempt.reference_number,
            "CustomerReference": attempt.reference_number,
            "InvoiceValue": self.amount(attempt),
            "InvoiceTransactions": [
                {
                    "TransactionId": self.number(12),
                    "PaymentId": self.number(18),
                    "AuthorizationId": self.number(6) if approved else "",
                    "TransactionStatus": "Succss" if approved else "Failed",
                    "TransationValue": self.amount(attempt),
                    "Currency": attempt.currency_code,
                    "CardNumber": attempt.masked_card,
                    "Error": "" if approved else attempt.message,
                }
            ],
        }

    def params(self, response: dict[str, Any], attempt: Attempt) -> dict[str, str]:
        made = response["InvoiceTransactions"][0]
        return {
            "result": response["InvoiceStatus"],
            "transaction_id": made["TransactionId"],
            "payment_id": made["PaymentId"],
            "auth_code": made["AuthorizationId"],
            "ref": response["InvoiceReference"],
            "card_number": attempt.masked_card,
            "pg_message": attempt.message,
        }
