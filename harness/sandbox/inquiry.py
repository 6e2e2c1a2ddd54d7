"""Asking the gateway again: the inquiry a merchant makes, and the one Ottu makes by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from . import validation as v
from .checkout import Checkout
from .errors import Refused
from .gateways import Decision
from .gateways.base import APPROVED, CANCELED, DECLINED
from .payments import Payments
from .states import State
from .tenants import Part
from .transactions import Transaction
from .webhooks import Webhooks

GRACE: Final = timedelta(minutes=10)
PAUSE: Final = timedelta(minutes=30)
AT_MOST: Final = 3
PER_MINUTE: Final = 30

#: In these the gateway may still know better than Ottu.
UNCERTAIN: Final = frozenset({State.PENDING, State.ATTEMPTED, State.FAILED, State.EXPIRED})

_LATER: Final[dict[str, Decision]] = {
    "success": APPROVED,
    "failed": DECLINED,
    "canceled": CANCELED,
    "error": Decision("error", "Simulated error"),
}


class Throttled(Refused):
    """Asked too soon or too often."""


class Inquiry(Part):
    """Inquiries about one tenant's transactions."""

    async def ask(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The merchant's inquiry: the transaction as its webhook tells of it.

        Raises Invalid, NotFound, Throttled.
        """
        asked = v.checked(given, {"notify_webhook_url": v.boolean, "webhook_url": v.url(200)})
        transaction = self.tenant.part(Checkout).find_by(given)
        if self.tenant.settings.inquiry_throttle:
            self.throttle(transaction)
        before = transaction.state
        transaction = await self.refresh(transaction)
        webhooks = self.tenant.part(Webhooks)
        body = webhooks.signed(webhooks.payload(transaction))
        own = transaction.fields.get("webhook_url")
        url = asked.get("webhook_url") or own
        told_already = before is not transaction.state and url == own
        if asked.get("notify_webhook_url") and url and not told_already:
            with self.tenant.working(transaction.session_id):
                await webhooks.deliver(url, body)
        return body

    def throttle(self, transaction: Transaction) -> None:
        """Ten minutes' grace, half an hour between two, three in all; 30 a minute for all."""
        now = self.tenant.clock.now()
        recent = self.tenant.recent_inquiries
        while recent and recent[0] <= now - timedelta(minutes=1):
            recent.popleft()
        last = transaction.inquiries[-1] if transaction.inquiries else None
        if now < transaction.created + GRACE:
            again = transaction.created + GRACE
        elif last is not None and now < last + PAUSE:
            again = last + PAUSE
        elif len(recent) >= PER_MINUTE:
            again = recent[0] + timedelta(minutes=1)
        elif len(transaction.inquiries) >= AT_MOST:
            raise Throttled("Request was throttled. No more inquiries of this payment are allowed.")
        else:
            recent.append(now)
            transaction.inquiries.append(now)
            self.tenant.store.save(transaction)
            return
        seconds = int((again - now).total_seconds()) + 1
        raise Throttled(f"Request was throttled. Expected available in {seconds} seconds.")

    async def refresh(self, transaction: Transaction) -> Transaction:
        """The transaction after the gateway has been asked once more.

        ``extra.sandbox_inquiry_result`` is what the gateway then says of the last attempt.
        """
        decision = self.later(transaction)
        if decision is None or transaction.state not in UNCERTAIN or not transaction.attempts:
            return transaction
        attempt = transaction.attempts[-1]
        if attempt.outcome is not None and decision.outcome != "success":
            return transaction
        await self.tenant.part(Payments).settle_late(transaction, attempt, decision)
        return self.tenant.part(Checkout).find(transaction.session_id)

    @staticmethod
    def later(transaction: Transaction) -> Decision | None:
        """What the gateway says when it is asked later; None when it has nothing new to say."""
        asked = (transaction.fields.get("extra") or {}).get("sandbox_inquiry_result")
        return _LATER.get(asked) if isinstance(asked, str) else None

    async def run_due(self) -> None:
        """Make the automatic inquiries whose time has come on the sandbox's clock."""
        for session_id in self.tenant.agenda.due():
            transaction = self.tenant.store.load(session_id)
            if transaction is not None:
                await self.refresh(self.tenant.part(Checkout).aged(transaction))
