"""Telling the merchant's backend what happened: the signed payment webhook."""

from __future__ import annotations

from typing import Any, Final

from . import money
from .background import Undeliverable
from .cards import Vault
from .gateways import gateway
from .signature import sign
from .states import State
from .tenants import Part
from .transactions import Attempt, Child, Transaction

DELIVERIES_ON_TIMEOUT: Final = 3

_RESULTS: Final = {
    State.PAID: "success",
    State.AUTHORIZED: "success",
    State.REFUNDED: "success",
    State.CANCELED: "canceled",
    State.EXPIRED: "failed",
    State.COD: "cod",
}

_VERBOSE: Final = {
    "result": ("Result", "النتيجة"),
    "transaction_id": ("Transaction ID", "رقم العملية"),
    "auth_code": ("Auth Code", "رمز التفويض"),
    "card_number": ("Card Number", "رقم البطاقة"),
    "ref": ("Reference", "المرجع"),
    "payment_id": ("Payment ID", "رقم الدفع"),
}


class Webhooks(Part):
    """The payment webhook of one tenant's transactions."""

    async def announce(self, transaction: Transaction) -> int | None:
        """Send the webhook; the status the merchant answered, None without address or answer."""
        url = transaction.fields.get("webhook_url")
        if not url:
            return None
        return await self.deliver(url, self.signed(self.payload(transaction)))

    async def deliver(self, url: str, payload: dict[str, Any]) -> int | None:
        """POST the payload, again only when the merchant did not answer in time."""
        if self.tenant.faults.of_webhook("webhook_loss"):
            return None
        answered = await self.post(url, payload)
        if self.tenant.faults.of_webhook("webhook_duplicate"):
            answered = await self.post(url, payload)
        return answered

    async def post(self, url: str, payload: dict[str, Any]) -> int | None:
        """One webhook, sent until it is answered in time; the status of the answer."""
        timeout_s = self.tenant.settings.webhook_timeout_ms / 1000
        for _ in range(DELIVERIES_ON_TIMEOUT):
            try:
                return await self.tenant.background.post(url, payload, timeout_s)
            except TimeoutError:
                continue
            except Undeliverable:
                return None
        return None

    def signed(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The payload with its signature."""
        return {**payload, "signature": sign(payload, self.tenant.hmac_key)}

    def payload(self, transaction: Transaction) -> dict[str, Any]:
        """What the merchant is told of the transaction as it is now, unsigned."""
        attempt = transaction.settling_attempt
        now = self.tenant.clock.now()
        body: dict[str, Any] = {
            **self._about_the_customer(transaction),
            **self._about_the_money(transaction, attempt),
            **self._about_the_gateway(transaction, attempt),
            "agreement": transaction.fields.get("agreement") or {},
            "card_acceptance_criteria": transaction.fields.get("card_acceptance_criteria") or {},
            "extra": self._extra(transaction),
            "is_sandbox": True,
            "message": attempt.message if attempt else "",
            "order_no": transaction.order_no,
            "payment_type": transaction.fields.get("payment_type", "one_off"),
            "reference_number": transaction.reference_number,
            "result": self.result(transaction),
            "session_id": transaction.session_id,
            "state": transaction.state.value,
            "timestamp_utc": now.strftime("%Y-%m-%d %H:%M:%S"),
        }
        if transaction.children:
            body["transactions"] = [self._child(transaction, c) for c in transaction.children]
        if transaction.wallet_legs:
            body["customer_wallet_transactions"] = transaction.wallet_legs
        if transaction.fields.get("initiator_id"):
            number = transaction.fields["initiator_id"]
            body["initiator"] = {
                "id": number,
                "username": f"user{number}",
                "email": f"user{number}@merchant.example",
            }
        if attempt and attempt.token and attempt.token in self.tenant.cards:
            body["token"] = self.tenant.part(Vault).as_listed(self.tenant.cards[attempt.token])
        return body

    @staticmethod
    def result(transaction: Transaction) -> str:
        """The outcome in the webhook's word: of the state, or of the last attempt while open."""
        if transaction.state in _RESULTS:
            return _RESULTS[transaction.state]
        attempt = transaction.settling_attempt
        return (attempt.outcome if attempt else None) or "pending"

    @staticmethod
    def _child(transaction: Transaction, child: Child) -> dict[str, Any]:
        return {
            "amount": money.text(child.amount, transaction.currency_code),
            "currency_code": transaction.currency_code,
            "order_no": transaction.order_no,
            "session_id": transaction.session_id,
            "state": child.state,
        }

    def _extra(self, transaction: Transaction) -> dict[str, Any]:
        host = transaction.base_url.partition("://")[2]
        return {**(transaction.fields.get("extra") or {}), "merchant_id": host}

    @staticmethod
    def _about_the_customer(transaction: Transaction) -> dict[str, Any]:
        names = ("email", "first_name", "id", "last_name", "phone", "birthdate")
        customer = {
            f"customer_{name}": transaction.fields[f"customer_{name}"]
            for name in names
            if transaction.fields.get(f"customer_{name}")
        }
        address = transaction.fields.get("billing_address") or {}
        customer |= {f"customer_address_{name}": value for name, value in address.items() if value}
        return customer

    def _about_the_money(self, transaction: Transaction, attempt: Attempt | None) -> dict[str, Any]:
        currency = transaction.currency_code
        fee = attempt.fee if attempt else 0 * transaction.amount
        total = transaction.amount + fee
        paid, settled = transaction.paid_amount, transaction.settled_amount
        due = transaction.amount - min(max(paid, settled), transaction.amount)

        def text(amount: Any) -> str:
            return money.text(amount, currency)

        def number(amount: Any) -> float:
            return float(money.text(amount, currency))  # these four are JSON numbers at Ottu

        shown = {
            "amount": text(transaction.amount),
            "amount_details": {
                "currency_code": currency,
                "amount": text(transaction.amount),
                "total": text(total),
                "fee": text(fee),
            },
            "currency_code": currency,
            "fee": f"{text(fee)} {currency}",
            "paid_amount": text(paid),
            "remaining_amount": number(due),
            "settled_amount": number(settled),
        }
        for name, operation in (("refunded_amount", "refund"), ("voided_amount", "void")):
            moved = transaction.moved(operation)
            if moved:
                shown[name] = number(moved)
        return shown

    def _about_the_gateway(
        self, transaction: Transaction, attempt: Attempt | None
    ) -> dict[str, Any]:
        if attempt is None:
            return {
                "gateway_account": "",
                "gateway_name": "",
                "gateway_response": {},
                "pg_params": {},
            }
        mid = self.tenant.mids[attempt.pg_code]
        return {
            "gateway_account": mid.code,
            "gateway_name": mid.pg,
            "gateway_response": attempt.pg_response,
            "pg_params": self.pg_params(attempt),
        }

    def pg_params(self, attempt: Attempt | None) -> dict[str, Any]:
        """The gateway's answer in Ottu's names, each with what it is called in both languages."""
        if attempt is None or not attempt.pg_response:
            return {}
        mid = self.tenant.mids[attempt.pg_code]
        params = gateway(self.tenant, mid.pg).params(attempt.pg_response, attempt)
        return {name: _param(name, value) if value else None for name, value in params.items()}


def _param(name: str, value: str) -> dict[str, str]:
    english, arabic = _VERBOSE.get(name, (name.replace("_", " ").title(), name))
    return {"value": value, "verbose_name_en": english, "verbose_name_ar": arabic}
