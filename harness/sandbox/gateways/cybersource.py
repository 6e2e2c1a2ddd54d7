"""CyberSource's hosted card page."""

from __future__ import annotations

from typing import Any, Final

from harness.sandbox.transactions import Attempt, Transaction

from .base import APPROVED, DECLINED, CardDetails, Decision, Gateway

_APPROVED_NUMBERS: Final = frozenset({"4111111111111111"})
_DECISIONS: Final = {"success": ("ACCEPT", "100"), "canceled": ("CANCEL", "202")}


class CyberSource(Gateway):
    """The published Visa is accepted, the standard declined Mastercard and all others are not."""

    def decide_card(self, card: CardDetails) -> Decision:
        return APPROVED if card.number in _APPROVED_NUMBERS else DECLINED

    def response(self, transaction: Transaction, attempt: Attempt) -> dict[str, Any]:
        decision, reason = _DECISIONS.get(attempt.outcome or "", ("DECLINE", "203"))
        return {
            "decision": decision,
            "reason_code": reason,
            "message": attempt.message,
            "transaction_id": self.number(22),
            "auth_code": self.number(6) if decision == "ACCEPT" else None,
            "req_amount": self.amount(attempt),
            "req_currency": attempt.currency_code,
            "req_reference_number": attempt.reference_number,
        }

    def params(self, response: dict[str, Any], attempt: Attempt) -> dict[str, str]:
        return {
            "decision": response["decision"],
            "result": response["decision"],
            "transaction_id": response["transaction_id"],
            "auth_code": response["auth_code"] or "",
            "ref": response["req_reference_number"],
            "card_number": attempt.masked_card,
            "pg_message": attempt.message,
        }
