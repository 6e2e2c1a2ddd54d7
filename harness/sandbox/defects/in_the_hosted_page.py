"""Defects of payment links, the messages that carry them, and the page they lead to."""

from __future__ import annotations

from typing import Any

from harness.sandbox.notifications import Notifications, checkout_url
from harness.sandbox.presentation import Presentation
from harness.sandbox.transactions import Transaction

from . import Defect, defect


@defect("hosted/message-not-sent", place="hosted page", severity="critical", flows=("link/shared",))
class MessageNotSent(Defect, Notifications):
    """The customer never gets the payment link."""

    def announce(self, transaction: Transaction, event: str) -> None:
        return


@defect("hosted/message-twice", place="hosted page", severity="minor", flows=("link/shared",))
class MessageTwice(Defect, Notifications):
    """The customer gets the payment link twice."""

    def announce(self, transaction: Transaction, event: str) -> None:
        super().announce(transaction, event)
        super().announce(transaction, event)


@defect("hosted/dead-link", place="hosted page", severity="critical", flows=("link/shared",))
class DeadLink(Defect, Notifications):
    """The link in the message leads nowhere."""

    @staticmethod
    def link(transaction: Transaction) -> str:
        return checkout_url(transaction.base_url, transaction.session_id[::-1])


@defect("hosted/links-mixed-up", place="hosted page", severity="blocker", flows=("link/bulk",))
class LinksMixedUp(Defect, Presentation):
    """Every link of a list leads to the first payment of it."""

    def transaction(self, transaction: Transaction, base: str) -> dict[str, Any]:
        first = self.tenant.store.session_ids()[0]
        return super().transaction(transaction, base) | {"checkout_url": checkout_url(base, first)}


@defect("hosted/amounts-mixed-up", place="hosted page", severity="blocker", flows=("link/bulk",))
class AmountsMixedUp(Defect, Presentation):
    """The page of every link shows the amount of the first one."""

    def priced(self, transaction: Transaction, mid: Any, base: str) -> dict[str, Any]:
        first = self.tenant.store.load(self.tenant.store.session_ids()[0])
        shown = super().priced(first or transaction, mid, base)
        return super().priced(transaction, mid, base) | {"amount": shown["amount"]}
