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
from .wallets import MWallet
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
            given,
            {
                "operation": v.choice(*INTERNAL, *EXTERNAL),
                "destination": v.choice("pg", "wallet"),
                "extra": v.mapping,
            },
            required=("operation",),
        )
        transaction = self.tenant.part(Checkout).find_by(given)
        operation: str = asked["operation"]
        destination: str = asked.get("destination") or "pg"
        if operation in INTERNAL:
            return self.internal(transaction, operation)
        for child in transaction.children:
            if tracking_key and child.tracking_key == tracking_key:
                return self.repeated(child, operation)
        if destination == "wallet" and operation != "refund":
            raise Invalid({"destination": ["Only refunds can go to the wallet."]})
        return await self.external(
            transaction, operation, given.get("amount"), tracking_key, destination
        )

    @staticmethod
    def repeated(child: Child, operation: str) -> dict[str, Any]:
        """The answer to an operation that is asked for again under its tracking key."""
        if child.operation != operation:
            raise Refused(
                f"This Tracking-Key was used for a {child.operation}.",
                operation="operation_tracking",
            )
        return child.answer

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
        self,
        transaction: Transaction,
        operation: str,
        amount: Any,
        tracking_key: str | None,
        destination: str = "pg",
    ) -> dict[str, Any]:
        """Move money at the gateway: capture what was authorised, give back what was paid."""
        mid = self.tenant.mids.get(transaction.settled_pg_code)
        if mid is None or operation not in mid.operations or transaction.state is State.COD:
            raise Refused(f"This transaction is not eligible for {operation}.", operation=operation)
        if transaction.wallet_legs:
            raise Refused("A payment from the wallet can't be refunded.", operation=operation)
        if destination == "wallet" and not (
            self.tenant.part(MWallet).active() and transaction.fields.get("customer_id")
        ):
            raise Refused("This transaction has no wallet to refund to.", operation=operation)
        available = self.available(transaction, operation)
        wanted = available if operation == "void" else self._amount(transaction, amount, available)
        if available <= 0:
            raise Refused(f"This transaction is not eligible for {operation}.", operation=operation)
        if wanted > available:
            raise Refused(OVER.format(operation=operation), operation=operation)
        asked_of = transaction.fields.get("extra") or {}
        if operation != "refund" and asked_of.get("sandbox_result", "success") != "success":
            raise Refused("Simulated decline", operation=operation)
        child = Child(
            operation=operation,
            amount=wanted,
            reference_number=references.reference_number(),
            state=_CHILD_STATES[operation],
            at=self.tenant.clock.now(),
            tracking_key=tracking_key,
            destination=destination,
        )
        transaction.children.append(child)
        self._move(transaction, operation, available - wanted)
        child.answer = self.answer(transaction, child)
        self.tenant.store.save(transaction)
        self.enter(transaction, child)
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
            paid = transaction.amount if captured is None else captured
            return paid - done("refund") - done("void")
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

    def enter(self, transaction: Transaction, child: Child) -> None:
        """Enter the movement of money: into the gateway's ledger, or the customer's wallet."""
        if child.destination == "wallet":
            self.tenant.part(MWallet).credit(
                transaction.fields["customer_id"],
                child.amount,
                transaction.currency_code,
                entry_type="credit_refund",
                operation_type="refund",
                session_id=transaction.session_id,
                pg_code=transaction.settled_pg_code,
            )
            return
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
            "order_no": transaction.order_no or "",
            "pg_code": mid.code,
            "pg_params": self.tenant.part(Webhooks).pg_params(attempt),
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
