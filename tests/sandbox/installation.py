"""A running sandbox, and what a merchant and its customers do there, over plain HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

TXN = "/b/checkout/v1/pymt-txn/"
SDK = "/b/checkout/api/sdk/v1"
CARD = {"number": "411111111111111", "expiry_month": "12", "expiry_year": "39", "cvv": "100"}
DECLINED = {**CARD, "number": "411111111111112"}

APPLE = {
    "paymentData": {
        "version": "EC_v1",
        "data": "ZGF0YQ==",
        "signature": "c2ln",
        "header": {"publicKeyHash": "aGFzaA==", "transactionId": "ab12"},
    },
    "paymentMethod": {"displayName": "Visa 1019", "network": "Visa", "type": "debit"},
    "transactionIdentifier": "ab12",
}
GOOGLE = {
    "apiVersion": 2,
    "apiVersionMinor": 0,
    "paymentMethodData": {
        "type": "CARD",
        "description": "Visa 1019",
        "info": {"cardNetwork": "VISA", "cardDetails": "1019"},
        "tokenizationData": {"type": "PAYMENT_GATEWAY", "token": "{}"},
    },
}


class Merchant:
    """A tenant of the sandbox: its backend, and its customers' browsers."""

    def __init__(self, client: httpx.Client, keys: dict[str, str]) -> None:
        self._client = client
        self.id = keys["id"]
        self.api_key = keys["api_key"]
        self.public_key = keys["public_key"]
        self.hmac_key = keys["hmac_key"]
        self.url = str(client.base_url).rstrip("/")

    def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"authorization": f"Api-Key {self.api_key}", **more.pop("headers", {})}
        return self._client.request(method, path, headers=headers, **more)

    def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return self.call("POST", path, json=body, headers=headers)

    def get(self, path: str) -> httpx.Response:
        return self.call("GET", path)

    def create(self, **fields: Any) -> dict[str, Any]:
        answer = self.post(TXN, order(**fields))
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def retrieve(self, session_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"{TXN}{session_id}/").json()
        return found

    def operate(self, operation: str, session_id: str, **more: Any) -> httpx.Response:
        headers = {"Tracking-Key": more.pop("tracking_key")} if "tracking_key" in more else {}
        body = {"operation": operation, "session_id": session_id, **more}
        return self.post("/b/pbl/v2/operation/", body, **headers)

    def browser(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"authorization": f"Api-Key {self.public_key}"}
        return self._client.request(method, path, headers=headers, **more)

    def pay(
        self,
        session_id: str,
        pg_code: str = "ottu-sandbox",
        card: dict[str, str] | None = None,
        **more: Any,
    ) -> httpx.Response:
        """What the card form sends when a customer pays."""
        body = {"session_id": session_id, "payment_method": "card", "card": card or CARD, **more}
        return self.browser("POST", f"{SDK}/pymt-txn/submit/{session_id}/{pg_code}/", json=body)

    def paid(self, **fields: Any) -> str:
        """A session that a customer has paid with a card; its id."""
        session_id: str = self.create(**fields)["session_id"]
        result = self.pay(session_id, fields.get("pg_codes", ["ottu-sandbox"])[0]).json()
        assert result["status"] == "success", result
        return session_id

    def saved_card(self, customer_id: str, **fields: Any) -> str:
        """The token of a card that a customer of this merchant has saved."""
        session_id = self.create(customer_id=customer_id, **fields)["session_id"]
        assert self.pay(session_id, save_card=True).json()["status"] == "success"
        cards = self.post("/b/pbl/v2/card/", {"type": "sandbox", "customer_id": customer_id})
        token: str = cards.json()[-1]["token"]
        return token

    def turn_clock(self, seconds: int) -> None:
        assert self.post("/_sandbox/clock", {"advance_s": seconds}).status_code == 200

    def fund(self, customer_id: str, amount: str, currency: str = "KWD") -> None:
        body = {"customer_id": customer_id, "amount": amount, "currency": currency}
        assert self.post("/_sandbox/wallets", body).status_code == 201

    def faults(self, *faults: dict[str, Any]) -> None:
        answer = self.call("PUT", "/_sandbox/faults", json={"faults": list(faults)})
        assert answer.status_code == 200, answer.text

    def ledger(self, session_id: str) -> list[dict[str, Any]]:
        """What the gateway booked for the session."""
        path = f"/_sandbox/ledger?session_id={session_id}"
        entries: list[dict[str, Any]] = self.get(path).json()["entries"]
        return entries


def order(**fields: Any) -> dict[str, Any]:
    """The body of a create that is accepted, with these fields changed."""
    return {
        "amount": "12.500",
        "currency_code": "KWD",
        "pg_codes": ["ottu-sandbox"],
        "type": "e_commerce",
        **fields,
    }


class Installation:
    """The process that all tests of a run share."""

    def __init__(self, url: str, api_key: str, public_key: str, pid: int) -> None:
        self.url = url
        self.api_key = api_key
        self.public_key = public_key
        self.pid = pid
        self.client = httpx.Client(base_url=url, timeout=20, trust_env=False)

    def close(self) -> None:
        self.client.close()

    @contextmanager
    def merchant(self, **settings: Any) -> Iterator[Merchant]:
        """A merchant nobody else knows, gone afterwards."""
        keys = self.client.post("/_sandbox/tenants", json=settings).json()
        yield Merchant(self.client, keys)
        self.client.delete(f"/_sandbox/tenants/{keys['id']}")
