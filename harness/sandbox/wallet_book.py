"""What is written about customers' wallets: accounts, entries, and the movements they belong to."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

#: Movements that make the balance larger.
_CREDITS: Final = frozenset({"credit_refund", "credit_adjustment", "release", "reversal"})


@dataclass(slots=True)
class Account:
    """A customer's wallet in one currency."""

    number: int
    customer_id: str
    currency: str
    created: datetime
    updated: datetime
    balance: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def available(self) -> Decimal:
        """What the customer can spend now."""
        return self.balance - self.reserved


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a wallet's ledger."""

    number: int
    operation: int
    account: Account
    entry_type: str
    amount: Decimal
    session_id: str
    pg_code: str
    at: datetime

    @property
    def direction(self) -> str:
        """Into the wallet or out of it."""
        return "credit" if self.entry_type in _CREDITS else "debit"


@dataclass(frozen=True, slots=True)
class Movement:
    """An operation of the wallet: the entries it made belong to it."""

    number: int
    operation_type: str
    session_id: str


class WalletBook:
    """Everything that is written about a tenant's wallets."""

    def __init__(self) -> None:
        self.accounts: dict[tuple[str, str], Account] = {}
        self.entries: list[Entry] = []
        self.movements: list[Movement] = []
