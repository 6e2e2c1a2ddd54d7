"""KNET, Kuwait's debit network: the test card's expiry decides."""

from __future__ import annotations

from typing import Any, Final

from harness.sandbox.transactions import Attempt, Transaction

from .base import APPROVED, CardDetails, Decision, Gateway

TEST_NUMBER: Final = "8888880000000001"
_CAPTURED_EXPIRY: Final = (9, 2030)
_RESULTS: Final = {"success": "CAPTURED", "failed": "NOT CAPTURED", "canceled": "CANCELED"}


class Knet(Gateway):
    """The published card with 09/2030 is captured; with any other expiry it is not."""

    def decide_card(self, card: CardDetails) -> Decision:
        if card.number != TEST_NUMBER:
            return Decision("failed", "NOT CAPTURED")
        expiry = (card.expiry_month, card.expiry_year)
        if expiry == _CAPTURED_EXPIRY:
            return APPROVED
        return Decision("failed", "NOT CAPTURED")

    def response(self, transaction: Transaction, attempt: Attempt) -> dict[str, Any]:
        approved = attempt.outcome == "success"
        return {
            "result": _RESULTS.get(attempt.outcome or "", "ERROR"),
            "auth": self.number(6) if approved else None,
            "authRespCode": "00" if approved else "05",
            "avr": "N",
            "ref": self.number(12),
            "tranid": self.number(15),
            "trackid": attempt.reference_number,
            "paymentid": self.number(18),
            "postdate": attempt.started.strftime("%m%d"),
            "amt": self.amount(attempt),
        }

    def params(self, response: dict[str, Any], attempt: Attempt) -> dict[str, str]:
        return {
            "result": response["result"],
            "auth_code": response["auth"] or "",
            "ref": response["ref"],
            "transaction_id": response["tranid"],
            "track_id": response["trackid"],
            "payment_id": response["paymentid"],
            "post_date": response["postdate"],
            "card_number": attempt.masked_card,
        }
