"""What a shop keeps of the people it dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AdminNotice:
    """What the shop told its administrator: something a customer could not put right."""

    at: datetime
    subject: str
    reason: str
    order_no: str


@dataclass(frozen=True, slots=True)
class CustomerReturn:
    """A customer who came back to the shop by `redirect_url`.

    `query` is what the address carried; `state` what the API said of the session then, None
    when it could not be asked.
    """

    at: datetime
    query: dict[str, str]
    state: str | None

    @property
    def session_id(self) -> str:
        """The session the address names; empty when it names none."""
        return self.query.get("session_id", "")
