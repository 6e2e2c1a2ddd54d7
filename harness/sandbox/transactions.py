"""What the sandbox keeps of a payment transaction and of each attempt to pay it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from .states import OPEN, State


@dataclass(slots=True)
class Attempt:
    """One try to pay a transaction. ``outcome`` is None while it is still going on."""

    reference_number: str
    pg_code: str
    form_of_payment: str
    amount: Decimal
    fee: Decimal
    currency_code: str
    started: datetime
    outcome: str | None = None
    message: str = ""
    challenge_occurred: bool = False
    masked_card: str = ""
    pg_response: dict[str, Any] = field(default_factory=dict)
    token: str | None = None

    @property
    def total(self) -> Decimal:
        """What the customer pays: amount and fee."""
        return self.amount + self.fee


@dataclass(slots=True)
class Child:
    """A capture, refund or void made on a settled transaction."""

    operation: str
    amount: Decimal
    reference_number: str
    state: str
    at: datetime
    tracking_key: str | None = None
    destination: str = "pg"
    answer: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Transaction:
    """A payment transaction: what was asked for, what became of it."""

    session_id: str
    tenant_id: str
    base_url: str
    created: datetime
    expires: datetime
    amount: Decimal
    currency_code: str
    fields: dict[str, Any]
    operation: str
    first_reference: str
    state: State = State.CREATED
    attempts: list[Attempt] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    history: list[tuple[datetime, str, str]] = field(default_factory=list)
    settled_pg_code: str = ""
    last_result: dict[str, Any] | None = None
    wallet_legs: list[dict[str, Any]] = field(default_factory=list)
    inquiries: list[datetime] = field(default_factory=list)
    attachment: str = ""
    attachment_short_url: str = ""
    checkout_short_url: str = ""

    @property
    def order_no(self) -> str | None:
        """The merchant's own number for the order, if it gave one."""
        value = self.fields.get("order_no")
        return str(value) if value else None

    @property
    def pg_codes(self) -> list[str]:
        """The MIDs this transaction may be paid with."""
        return list(self.fields["pg_codes"])

    @property
    def settling_attempt(self) -> Attempt | None:
        """The attempt that moved the money, else the last one, else None."""
        for attempt in reversed(self.attempts):
            if attempt.outcome == "success":
                return attempt
        return self.attempts[-1] if self.attempts else None

    @property
    def reference_number(self) -> str:
        """The reference of the attempt that settled it, before any attempt the one it will get."""
        attempt = self.settling_attempt
        return attempt.reference_number if attempt else self.first_reference

    def moved(self, operation: str) -> Decimal:
        """How much was captured, refunded or voided so far, without fees."""
        return sum((c.amount for c in self.children if c.operation == operation), Decimal(0))

    @property
    def settled_amount(self) -> Decimal:
        """What has been paid or authorised, without fees."""
        return self.amount if self.settled_pg_code and self.state is not State.COD else Decimal(0)

    @property
    def paid_amount(self) -> Decimal:
        """What was paid, fee included; of an authorised payment only what is captured of it."""
        if self.state is State.COD or not self.settled_pg_code:
            return Decimal(0)
        if self.operation == "authorize":
            return self.moved("capture")
        attempt = self.settling_attempt
        return attempt.total if attempt else self.amount

    def attempt(self, reference_number: str) -> Attempt | None:
        """The attempt with that reference number, or None."""
        return next((a for a in self.attempts if a.reference_number == reference_number), None)

    def move(self, state: State, at: datetime, why: str) -> None:
        """Enter ``state`` and note when and why; entering the same state again notes nothing."""
        if state is not self.state:
            self.state = state
            self.history.append((at, state.value, why))

    def age(self, now: datetime) -> None:
        """Expire an open transaction whose time is over."""
        if self.state in OPEN and now >= self.expires:
            self.move(State.EXPIRED, now, "its time ran out")


class Store:
    """Transactions by session id, kept serialised.

    A store of live objects makes the garbage collector walk every one of them at each full
    collection; serialised records are opaque to it, so ten thousand sessions answer as
    quickly as ten. Whoever changes a transaction saves it, without awaiting in between.
    """

    __slots__ = ("_order_numbers", "_records")

    def __init__(self) -> None:
        self._records: dict[str, bytes] = {}
        self._order_numbers: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._records)

    def save(self, transaction: Transaction) -> None:
        """Keep the transaction as it is now."""
        self._records[transaction.session_id] = pickle.dumps(transaction, protocol=5)
        if transaction.order_no:
            self._order_numbers[transaction.order_no] = transaction.session_id

    def load(self, session_id: str) -> Transaction | None:
        """A private copy of the transaction, or None when there is none."""
        record = self._records.get(session_id)
        if record is None:
            return None
        transaction: Transaction = pickle.loads(record)  # noqa: S301 -- our own, never from outside
        return transaction

    def by_order_number(self, order_no: str) -> Transaction | None:
        """The newest transaction with that order number, or None."""
        session_id = self._order_numbers.get(order_no)
        return None if session_id is None else self.load(session_id)

    def remove(self, session_id: str) -> None:
        """Forget the transaction."""
        transaction = self.load(session_id)
        if transaction is not None and transaction.order_no:
            self._order_numbers.pop(transaction.order_no, None)
        self._records.pop(session_id, None)

    def session_ids(self) -> list[str]:
        """All session ids, oldest first."""
        return list(self._records)
