"""A payment that went well, as all its witnesses saw it; a test changes what one of them saw."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from harness.api import Inquiry, Transaction
from harness.callbacks import CallbackEvent
from harness.merchant.records import CustomerReturn
from harness.merchant.signature import sign
from harness.merchant.webhooks import ReceivedWebhook
from harness.witnesses import (
    Outcome,
    Statement,
    by_address,
    by_callback,
    by_inquiry,
    by_ledger,
    by_screen,
    by_secrets,
    by_transaction,
    by_webhook,
)
from harness.witnesses.bystander import Overheard

NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHOP: Final = "http://shop.test/shops/a"
SESSION: Final = "5" * 40
HMAC_KEY: Final = "the-key-of-the-merchant"
PRIVATE_KEY: Final = "prv_of_the_merchant"
NUMBER: Final = "5123450000000008"
QUERY: Final = f"order_no=A-1&reference_number=REF1&session_id={SESSION}"


def _outcome() -> Outcome:
    return Outcome(
        callback="success",
        state="paid",
        hooks=("validate_payment", "before_payment"),
        attempts=1,
        challenge_occurred=False,
        session_id=SESSION,
        order_no="A-1",
        amount="12.500",
        total="12.688",
        currency_code="KWD",
        gateway="mpgs-sandbox",
        method="card_onsite",
        charged=True,
    )


def _payload() -> dict[str, Any]:
    return {
        "message": "Done.",
        "form_of_payment": "card_onsite",
        "status": "success",
        "challenge_occurred": False,
        "session_id": SESSION,
        "order_no": "A-1",
        "reference_number": "REF1",
        "redirect_url": f"{SHOP}/return?{QUERY}",
        "payment_gateway_info": {"pg_code": "mpgs-sandbox", "pg_name": "mpgs", "pg_response": {}},
    }


def _reported() -> dict[str, Any]:
    return {
        "session_id": SESSION,
        "order_no": "A-1",
        "reference_number": "REF1",
        "amount": "12.500",
        "amount_details": {"total": "12.688"},
        "paid_amount": "12.688",
        "currency_code": "KWD",
        "state": "paid",
        "result": "success",
        "gateway_account": "mpgs-sandbox",
        "message": "Done.",
    }


def _charge() -> dict[str, Any]:
    return {
        "session_id": SESSION,
        "order_no": "A-1",
        "reference_number": "REF1",
        "amount": "12.688",
        "currency_code": "KWD",
        "pg_code": "mpgs-sandbox",
        "challenge_occurred": False,
    }


def _transaction() -> dict[str, Any]:
    return {
        "session_id": SESSION,
        "order_no": "A-1",
        "amount": "12.500",
        "currency_code": "KWD",
        "state": "paid",
        "settled_pg_code": "mpgs-sandbox",
    }


@dataclass
class Scene:
    """What happened; every part may be changed before the witnesses are heard."""

    outcome: Outcome = field(default_factory=_outcome)
    calls: list[tuple[str, Any]] = field(
        default_factory=lambda: [
            ("validate_payment", None),
            ("before_payment", {"form_of_payment": "card_onsite"}),
            ("success", _payload()),
        ]
    )
    button: str = "Pay (12.688 KWD)"
    above: str = "12.500 KWD"
    overheard: list[Overheard] = field(default_factory=list)
    url: str = f"{SHOP}/return?{QUERY}"
    return_states: list[str] = field(default_factory=lambda: ["paid"])
    webhook: dict[str, Any] = field(default_factory=_reported)
    webhooks: int = 1
    is_signed: bool = True
    transaction: dict[str, Any] = field(default_factory=_transaction)
    inquiry: dict[str, Any] = field(default_factory=_reported)
    inquiry_key: str = HMAC_KEY
    charges: list[dict[str, Any]] = field(default_factory=lambda: [_charge()])

    @property
    def payload(self) -> dict[str, Any]:
        """What the callback was called with."""
        given: dict[str, Any] = self.calls[-1][1]
        return given

    def statements(self, without: str = "") -> list[Statement]:
        """All witnesses but one."""
        received = [
            ReceivedWebhook(self.webhook, NOW, self.is_signed, {}, 200)
            for _ in range(self.webhooks)
        ]
        returns = [CustomerReturn(NOW, {"session_id": SESSION}, s) for s in self.return_states]
        inquiry = {**self.inquiry, "signature": sign(self.inquiry, self.inquiry_key)}
        events = self._events()
        heard = [
            by_callback(self.outcome, events),
            by_screen(self._presses()),
            by_address(self.url, f"{SHOP}/return?", returns, taken_back=True),
            by_webhook(self.outcome, received),
            by_transaction(self.outcome, Transaction.model_validate(self.transaction)),
            by_inquiry(self.outcome, Inquiry.model_validate(inquiry), HMAC_KEY),
            by_ledger(self.outcome, self.charges),
            by_secrets(
                {"private key": PRIVATE_KEY},
                [NUMBER],
                overheard=self.overheard,
                events=events,
                webhooks=received,
            ),
        ]
        return [each for each in heard if each.witness != without]

    def _events(self) -> list[CallbackEvent]:
        return [
            CallbackEvent(kind, "called", kind, payload, number, NOW, f"{SHOP}/checkout/A-1", "1")  # type: ignore[arg-type]  # a test's own words
            for number, (kind, payload) in enumerate(self.calls, 1)
        ]

    def _presses(self) -> list[Overheard]:
        shown = {"button": self.button, "amount": self.above, "page": "Payment Details"}
        return [Overheard("press", f"{SHOP}/checkout/A-1", top=True, text=json.dumps(shown))]
