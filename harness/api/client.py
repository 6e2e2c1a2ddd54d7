"""The Checkout API as a merchant's server calls it.

Paths, status codes and bodies are those of Ottu's published OpenAPI description.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import TracebackType
from typing import Literal, Self, TypeAlias, TypeVar
from urllib.parse import quote

from pydantic import SecretStr, TypeAdapter, ValidationError

from harness.api.connection import Connection
from harness.api.exchange import Actor, OnExchange
from harness.api.guard import Guard, Unguarded
from harness.api.models import (
    AvailableMethod,
    AvailableMethods,
    Inquiry,
    OperationResult,
    SavedCard,
    Transaction,
)
from harness.errors import APIError
from harness.redaction import Redactor, redactor

Operation: TypeAlias = Literal["cancel", "expire", "delete", "capture", "refund", "void"]

_TRANSACTIONS = "/b/checkout/v1/pymt-txn/"
_PBL = "/b/pbl/v2/"

_T = TypeVar("_T")


class CheckoutAPI:
    """A merchant's connection to one Ottu. May be used from several threads.

    Args:
        base_url: scheme and host of the target, `https://sandbox.ottu.net`.
        api_key: the private key. It is registered with the redactor at once.
        timeout_s: seconds that connecting, writing and each read may take.
        on_exchange: called with every exchange, redacted, answered or not.
        actor: whose calls these are, for the evidence.
        redactor: through which the evidence passes.
        guard: whom it asks before it creates or changes a session.
        patience_s: seconds that one request may spend waiting because it was answered 429.

    Every method raises `APIError` when the target answers with an error or out of format and
    `TargetUnreachable` when it does not answer. Amounts are decimal strings or `Decimal`.
    """

    def __init__(
        self,
        base_url: str,
        api_key: SecretStr,
        timeout_s: float = 10.0,
        on_exchange: OnExchange | None = None,
        *,
        actor: Actor = "harness",
        redactor: Redactor = redactor,
        guard: Guard | None = None,
        patience_s: float = 60.0,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._redactor = redactor
        self._guard = guard or Unguarded()
        self._connection = Connection(
            self.base_url,
            api_key,
            timeout_s,
            on_exchange,
            actor,
            redactor,
            self._guard,
            patience_s,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def create(self, **fields: object) -> Transaction:
        """Create a payment transaction.

        `fields` are sent as given. The API requires `type`, `amount`, `currency_code` and
        `pg_codes`; without one of them it answers 400, which is an `APIError`.
        """
        with self._guard.creating(fields) as made:
            transaction = self._shaped(Transaction, "POST", _TRANSACTIONS, fields)
            made(transaction.session_id)
        return transaction

    def retrieve(self, session_id: str) -> Transaction:
        """The transaction as the target sees it now."""
        return self._shaped(Transaction, "GET", _transaction(session_id))

    def update(self, session_id: str, **fields: object) -> Transaction:
        """Change `fields` of a transaction (PATCH), such as its `amount`."""
        self._guard.changing(fields)
        return self._shaped(Transaction, "PATCH", _transaction(session_id), fields)

    def operate(
        self,
        operation: Operation,
        *,
        session_id: str | None = None,
        order_no: str | None = None,
        amount: str | Decimal | None = None,
        tracking_key: str | None = None,
    ) -> OperationResult:
        """Cancel, expire or delete a transaction, or capture, refund or void a payment.

        The transaction is named by its session or by its order.
        `amount` is for a part of a capture or refund; `tracking_key` makes a repetition safe.
        """
        given = {"session_id": session_id, "order_no": order_no, "amount": amount}
        body: dict[str, object] = {"operation": operation}
        body |= {name: value for name, value in given.items() if value is not None}
        headers = {"Tracking-Key": tracking_key} if tracking_key else None
        return self._shaped(OperationResult, "POST", f"{_PBL}operation/", body, headers)

    def inquire(self, session_id: str) -> Inquiry:
        """Ask the gateway, through the target, what became of the payment."""
        return self._shaped(Inquiry, "POST", f"{_PBL}inquiry/", {"session_id": session_id})

    def payment_methods(
        self, plugin: str = "e_commerce", currencies: Sequence[str] = (), **fields: object
    ) -> list[AvailableMethod]:
        """The gateways this merchant may put into `pg_codes`, in the target's order."""
        body: dict[str, object] = {"plugin": plugin, **fields}
        if currencies:
            body["currencies"] = list(currencies)
        answer = self._shaped(AvailableMethods, "POST", f"{_PBL}payment-methods/", body)
        return answer.payment_methods

    def cards(
        self,
        customer_id: str,
        type: str = "sandbox",  # noqa: A002  # the API's own name for it
        pg_codes: Sequence[str] | None = None,
    ) -> list[SavedCard]:
        """The cards a customer has saved."""
        body: dict[str, object] = {"customer_id": customer_id, "type": type}
        if pg_codes is not None:
            body["pg_codes"] = list(pg_codes)
        return self._shaped(list[SavedCard], "POST", f"{_PBL}card/", body)

    def delete_card(self, token: str, *, customer_id: str, type: str = "sandbox") -> None:  # noqa: A002
        """Forget a saved card."""
        path = f"{_PBL}card/{quote(token, safe='')}/"
        self._connection.send("DELETE", path, params={"customer_id": customer_id, "type": type})

    def _shaped(
        self,
        shape: type[_T],
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> _T:
        answer = self._connection.send(method, path, body, headers=headers)
        try:
            return TypeAdapter(shape).validate_python(answer)
        except ValidationError as error:
            # Only where and why: pydantic's own text repeats what it was given.
            wrong = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
            raise APIError(
                200,
                detail=self._redactor.text(f"out of format ({'; '.join(wrong)})"),
                endpoint=self._redactor.text(f"{method} {path}"),
            ) from None


def _transaction(session_id: str) -> str:
    return f"{_TRANSACTIONS}{quote(session_id, safe='')}/"
