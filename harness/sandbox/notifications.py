"""Messages to customers by e-mail, SMS and WhatsApp, kept in an outbox instead of sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from . import money
from .tenants import Part
from .transactions import Transaction

_PAYMENT_EVENTS: Final = ("created", "paid", "canceled", "failed", "expired", "authorized")
_OPERATION_EVENTS: Final = ("voided", "refunded", "captured")

#: Which events each channel can be asked to tell of.
EVENTS: Final[dict[str, tuple[str, ...]]] = {
    "email": _PAYMENT_EVENTS + _OPERATION_EVENTS,
    "sms": _PAYMENT_EVENTS + _OPERATION_EVENTS,
    "whatsapp": _PAYMENT_EVENTS,
}


class Notifications(Part):
    """What goes out to the customers of one tenant."""

    def announce(self, transaction: Transaction, event: str) -> None:
        """Tell the customer of an event on every channel that was asked to."""
        asked = transaction.fields.get("notifications") or {}
        for channel in EVENTS:
            if event in asked.get(channel, ()):
                self.send(transaction, channel, event)

    def send(self, transaction: Transaction, channel: str, event: str) -> dict[str, Any]:
        """Put one message into the outbox and give it back."""
        amount = money.text(transaction.amount, transaction.currency_code)
        message = {
            "channel": channel,
            "event": event,
            "to": self.recipient(transaction, channel),
            "session_id": transaction.session_id,
            "order_no": transaction.order_no,
            "link": self.link(transaction),
            "body": f"{amount} {transaction.currency_code}: {self.link(transaction)}",
            "sent": self.tenant.clock.now().isoformat(),
        }
        self.tenant.outbox.append(message)
        return message

    def repeat(self, transaction: Transaction, channels: list[str]) -> str | None:
        """Tell the customer of the present state again; the channel that cannot, or None.

        A channel can when the transaction asked it to tell of this state.
        """
        event = transaction.state.value
        asked = transaction.fields.get("notifications") or {}
        for channel in channels:
            if event not in asked.get(channel, ()):
                return channel
        for channel in channels:
            self.send(transaction, channel, event)
        return None

    def by_template(self, channel: str, asked: Mapping[str, Any]) -> None:
        """Put a message of the merchant's own into the outbox."""
        self.tenant.outbox.append(
            {
                "channel": channel,
                "event": "template",
                "to": asked["to"],
                "session_id": None,
                "order_no": None,
                "link": "",
                "body": str(asked.get("body") or ""),
                "sent": self.tenant.clock.now().isoformat(),
                "template_id": asked["template_id"],
                "subject": asked.get("subject") or "",
                "cc": asked.get("cc") or [],
                "bcc": asked.get("bcc") or [],
            }
        )

    @staticmethod
    def recipient(transaction: Transaction, channel: str) -> str:
        """The customer's address on that channel."""
        name = "customer_email" if channel == "email" else "customer_phone"
        return str(transaction.fields.get(name) or "")

    @staticmethod
    def link(transaction: Transaction) -> str:
        """Where the customer pays."""
        return checkout_url(transaction.base_url, transaction.session_id)


def checkout_url(base_url: str, session_id: str) -> str:
    """The address of Ottu's hosted checkout page for a session."""
    return f"{base_url}/b/checkout/redirect/start/?session_id={session_id}"
