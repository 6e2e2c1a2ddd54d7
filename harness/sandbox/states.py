"""The states a payment transaction can be in, and which step leads to which."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Ottu's transaction states."""

    CREATED = "created"
    PENDING = "pending"
    ATTEMPTED = "attempted"
    AUTHORIZED = "authorized"
    PAID = "paid"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"
    INVALIDED = "invalided"
    REFUNDED = "refunded"
    COD = "cod"


#: A customer can still pay in these, and the merchant can still change the amount.
OPEN: Final = frozenset({State.CREATED, State.PENDING, State.ATTEMPTED})

#: Money has moved or been reserved.
SETTLED: Final = frozenset({State.PAID, State.AUTHORIZED, State.REFUNDED, State.COD})
