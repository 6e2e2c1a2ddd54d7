"""What a merchant does with a transaction afterwards: cancel, expire, delete, refund and so on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from . import money, references
from . import validation as v
from .checkout import Checkout
from .errors import Invalid, Refused
from .gateways import gateway
from .notifications import Notifications
from .signature import sign
from .states import OPEN, State
from .tenants import Part
from .transactions import Child, Transaction
from .webhooks import Webhooks

INTERNAL: Final = ("cancel", "expire", "delete")
EXTERNAL: Final = ("capture", "refund", "void")
_CHILD_STATES: Final = {"capture": "paid", "refund": "refunded", "void": "voided"}
_EVENTS: Final = {"capture": "captured", "refund": "refunded", "void": "voided"}
OVER: Final = "The amount specified is greater than the amount available for {operation}."


class Operations(Part):
    """Operations on one tenant's transactions."""

    async def perform(self, given: Mapping[str, Any], tracking_key: str | None) -> dict[str, Any]:
        """Perform the operation that was asked for. Raises Invalid, NotFound, Refused."""
        asked = v.checked(
            given, {"operation": v.choice(*INTERNAL, *EXTERNAL)}, required=("operation",)
        )
        transaction = self.tenant.part(Checkout).find_by(given)
        operation: str = asked["operation"]
        if operation in INTERNAL:
            return self.internal(transaction, operation)
        for child in transaction.children:
            if tracking_key and child.tracking_key == tracking_key:
                return child.answer
        return await self.external(transaction, operation, given.get("amount"), tracking_key)

    def internal(self, transaction: Transaction, operation: str) -> dict[str, Any]:
        """End or forget a transaction that nobody has paid."""
        deletable = {*OPEN, State.CANCELED, State.EXPIRED, State.FAILED}
        allowed = deletable if operation == "delete" else OPEN
        if transaction.state not in allowed:
            raise Refused(
                f"The operation {operation} is not possible in state {transaction.state}.",
                operation=operation,
            )
        if operation == "delete":
            self.tenant.store.remove(transaction.session_id)
        else:
            ended = State.CANCELED if operation == "cancel" else State.EXPIRED
            transaction.move(ended, self.tenant.clock.now(), f"{operation} by the merchant")
            self.tenant.store.save(transaction)
            self.tenant.part(Notifications).announce(transaction, ended.value)
        return {
            "detail": f"The operation {operation} was successful.",
            "operation": operation,
            "result": "success",
        }

    async def external(
        self, transaction: Transaction, operation: str, amount: Any, tracking_key: str | None
    ) -> dict[str, Any]:
        """Move money at the gateway: capture what was authorised, give back what was paid."""
        mid = self.tenant.mids.get(transaction.settled_pg_code)
        if mid is None or operation not in mid.operations:
            raise Refused(f"This transaction is not eligible for {operation}.", operation=operation)
        available = self.available(transaction, operation)
        wanted = available if operation == "void" else self._amount(transaction, amount, available)
        if available <= 0:
            raise Refused(f"This transaction is not eligible for {operation}.", operation=operation)
        if wanted > available:
            raise Refused(OVER.format(operation=operation), operation=operation)
        child = Child(
            operation=operation,
            amount=wanted,
            reference_number=references.reference_number(),
            state=_CHILD_STATES[operation],
            at=self.tenant.clock.now(),
            tracking_key=tracking_key,
        )
        transaction.children.append(child)
        self._move(transaction, operation, available - wanted)
        child.answer = self.answer(transaction, child)
        self.tenant.store.save(transaction)
        self._enter(transaction, child)
        self.tenant.part(Notifications).announce(transaction, _EVENTS[operation])
        url = transaction.fields.get("webhook_url")
        if url:
            with self.tenant.working(transaction.session_id):
                await self.tenant.part(Webhooks).deliver(url, child.answer)
        return child.answer

    @staticmethod
    def available(transaction: Transaction, operation: str) -> Decimal:
        """How much can still be captured, refunded or voided."""

        def done(name: str) -> Decimal:
            return sum((c.amount for c in transaction.children if c.operation == name), Decimal(0))

        if operation == "capture":
            return transaction.amount - done("capture") - done("void")
        if operation == "refund":
            captured = done("capture") if transaction.operation == "authorize" else None
            return (transaction.amount if captured is None else captured) - done("refund")
        if any(child.operation in ("capture", "refund", "void") for child in transaction.children):
            raise Refused("This transaction is not eligible for void.", operation=operation)
        return transaction.amount

    @staticmethod
    def _amount(transaction: Transaction, amount: Any, available: Decimal) -> Decimal:
        if amount in (None, ""):
            return available
        try:
            clean: Decimal = v.amount(transaction.currency_code)(amount)
        except v.Bad as bad:
            raise Invalid({"amount": bad.detail}) from None
        return clean

    def _move(self, transaction: Transaction, operation: str, left: Decimal) -> None:
        now = self.tenant.clock.now()
        if operation == "capture":
            transaction.move(State.PAID, now, "captured by the merchant")
        elif operation == "void":
            transaction.move(State.CANCELED, now, "voided by the merchant")
        elif left == 0:
            transaction.move(State.REFUNDED, now, "refunded by the merchant")

    def _enter(self, transaction: Transaction, child: Child) -> None:
        self.tenant.ledger.append(
            {
                "kind": child.operation,
                "session_id": transaction.session_id,
                "order_no": transaction.order_no,
                "reference_number": child.reference_number,
                "pg_code": transaction.settled_pg_code,
                "amount": money.text(child.amount, transaction.currency_code),
                "fee": money.text(Decimal(0), transaction.currency_code),
                "currency_code": transaction.currency_code,
                "challenge_occurred": False,
                "at": child.at.isoformat(),
            }
        )

    def answer(self, transaction: Transaction, child: Child) -> dict[str, Any]:
        """The signed operation event, which is also the API's answer."""
        mid = self.tenant.mids[transaction.settled_pg_code]
        attempt = transaction.settling_attempt
        response = gateway(self.tenant, mid.pg).response(transaction, attempt) if attempt else {}
        amount = money.text(child.amount, transaction.currency_code)
        body = {
            "amount": amount,
            "currency_code": transaction.currency_code,
            "extra": transaction.fields.get("extra") or {},
            "is_sandbox": True,
            "operation": child.operation,
            "order_no": transaction.order_no,
            "pg_code": mid.code,
            "pg_params": {},
            "pg_response": response,
            "reference_number": child.reference_number,
            "result": "success",
            "session_id": transaction.session_id,
            "source": "input",
            "success": True,
            "timestamp_utc": child.at.strftime("%Y-%m-%d %H:%M:%S"),
            "txn": {
                "amount": amount,
                "currency_code": transaction.currency_code,
                "order_no": transaction.order_no,
                "session_id": transaction.session_id,
                "state": child.state,
            },
        }
        return {**body, "signature": sign(body, self.tenant.hmac_key)}
