"""3D Secure challenges that are going on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from .gateways import CardDetails
from .tenants import Part
from .transactions import Attempt

#: What the ACS emulator lets the customer choose, by EMVCo's transaction status.
RESULTS: Final = (
    ("Y", "(Y) Authentication Successful"),
    ("N", "(N) Authentication Failed"),
    ("U", "(U) Unable to Authenticate"),
    ("A", "(A) Attempts Processing Performed"),
    ("R", "(R) Authentication Rejected"),
)


@dataclass(slots=True)
class Challenge:
    """One challenge: what it is about, and the result that its listeners wait for."""

    reference_number: str
    session_id: str
    details: CardDetails = field(repr=False)
    save_card: bool
    result: dict[str, Any] | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def end(self, result: dict[str, Any]) -> None:
        """Make the result known to everyone who listens."""
        self.result = result
        self.over.set()


class Acs(Part):
    """What the bank's page says of a payment."""

    def amount(self, attempt: Attempt) -> Decimal:
        """What the customer is asked to agree to: all that is charged."""
        return attempt.total

    def masked_card(self, challenge: Challenge) -> str:
        """First six and last four digits of the card that pays."""
        return challenge.details.masked.replace("X", "x")
