"""What a scenario expects of a payment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Callback = Literal["success", "cancel", "error"]
Hook = Literal["validate_payment", "before_payment"]

#: By name, as a table of accounts shows them.
WITNESSES: Final = (
    "callback",
    "screen",
    "address",
    "webhook",
    "transaction",
    "inquiry",
    "ledger",
    "secrets",
)

#: Ottu runs them in this order before every attempt to pay (web SDK reference).
ALL_HOOKS: Final[tuple[Hook, ...]] = ("validate_payment", "before_payment")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step's outcome: since the last one that was stated, exactly this has happened.

    Attributes:
        callback: the callback that fires once while no other does; None: none fires.
        state: the state the transaction must be in.
        hooks: the merchant's hooks that run, in order, before the callback.
        attempts: how many attempts to pay were concluded, each with one webhook.
        challenge_occurred: whether the customer was challenged by 3D Secure.
        session_id, order_no: which payment.
        amount: what the order costs; total: with the fee of the method; both decimal strings
            in the currency's own decimals.
        charged: whether money moved or was reserved in this step.
    """

    callback: Callback | None
    state: str
    hooks: tuple[Hook, ...]
    attempts: int
    challenge_occurred: bool
    session_id: str
    order_no: str
    amount: str
    total: str
    currency_code: str
    gateway: str
    method: str
    charged: bool

    @property
    def facts(self) -> dict[str, str]:
        """What every witness must say, as far as it knows."""
        facts = {
            "session": self.session_id,
            "order": self.order_no,
            "state": self.state,
            "amount": self.amount,
            "total": self.total,
            "currency": self.currency_code,
            "gateway": self.gateway,
            "method": self.method,
            "challenge": "yes" if self.challenge_occurred else "no",
        }
        return {name: value for name, value in facts.items() if value}
