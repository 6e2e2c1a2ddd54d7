"""Ottu's own sandbox gateway: the 15-digit test cards decide."""

from __future__ import annotations

from typing import Any, Final

from harness.sandbox.transactions import Attempt, Transaction

from .base import APPROVED, CANCELED, DECLINED, CardDetails, Decision, Gateway

_PREFIX: Final = "411111111111"

_CARDS: Final = {
    _PREFIX + "111": APPROVED,
    _PREFIX + "112": DECLINED,
    _PREFIX + "113": Decision("error", "Simulated error"),
    _PREFIX + "114": APPROVED,
    _PREFIX + "115": APPROVED,
    _PREFIX + "116": APPROVED,
}

_TOKENS: Final = {
    _PREFIX + "114": DECLINED,
    _PREFIX + "115": Decision("failed", "Card expired."),
    _PREFIX + "116": Decision("failed", "Insufficient funds."),
}

TEST_NUMBERS: Final = frozenset(_CARDS)


class OttuPG(Gateway):
    """Published numbers succeed, fail or err; any other number counts as a cancellation."""

    def decide_card(self, card: CardDetails) -> Decision:
        return _CARDS.get(card.number, CANCELED)

    def decide_token(self, card: CardDetails) -> Decision:
        return _TOKENS.get(card.number) or self.decide_card(card)

    def mimicked(self, attempt: Attempt) -> Gateway | None:
        """The gateway whose answers this MID imitates, if it was told to."""
        pg = self.tenant.mids[attempt.pg_code].mimic
        if not pg:
            return None
        from . import gateway  # noqa: PLC0415 -- the package that holds this module

        return gateway(self.tenant, pg)

    def response(self, transaction: Transaction, attempt: Attempt) -> dict[str, Any]:
        other = self.mimicked(attempt)
        if other is not None:
            return other.response(transaction, attempt)
        return {
            "result": attempt.outcome,
            "message": attempt.message,
            "amount": self.amount(attempt),
            "currency_code": attempt.currency_code,
            "transaction_id": self.number(12),
            "auth_code": self.number(6) if attempt.outcome == "success" else None,
            "card_number": attempt.masked_card or None,
        }

    def params(self, response: dict[str, Any], attempt: Attempt) -> dict[str, str]:
        other = self.mimicked(attempt)
        if other is not None:
            return other.params(response, attempt)
        return {
            "result": str(response["result"]),
            "transaction_id": response["transaction_id"],
            "auth_code": response["auth_code"] or "",
            "card_number": attempt.masked_card,
            "pg_message": attempt.message,
        }
