"""Defects of Apple Pay."""

from __future__ import annotations

from typing import Any

from harness.sandbox.gateways import Decision
from harness.sandbox.gateways.base import APPROVED
from harness.sandbox.gateways.ottu_pg import OttuPG
from harness.sandbox.payments import Payments
from harness.sandbox.presentation import Presentation
from harness.sandbox.transactions import Transaction

from . import BrowserDefect, Defect, defect


@defect(
    "wallet/decline-approved", place="wallet", severity="blocker", flows=("apple-pay/declined",)
)
class WalletDeclineApproved(Defect, OttuPG):
    """A wallet payment that must be declined is charged."""

    def decide_wallet(self, transaction: Transaction) -> Decision:
        return APPROVED


@defect(
    "wallet/not-offered",
    place="wallet",
    severity="critical",
    flows=("apple-pay/paid", "apple-pay/declined", "apple-pay/cancelled"),
)
class WalletNotOffered(Defect, Presentation):
    """Apple Pay is not offered where the gateway takes it."""

    def services(self, transaction: Transaction, base: str) -> list[dict[str, Any]]:
        return []


@defect("wallet/told-as-card", place="wallet", severity="minor", flows=("apple-pay/paid",))
class ToldAsCard(Defect, Payments):
    """A wallet payment is told as one by card."""

    async def pay_with_wallet(
        self, session_id: str, pg_code: object, form_of_payment: str
    ) -> dict[str, Any]:
        return await super().pay_with_wallet(session_id, pg_code, "card_onsite")


@defect(
    "sdk/apple-pay-anywhere",
    place="wallet",
    severity="major",
    flows=("apple-pay/unavailable",),
)
class ApplePayAnywhere(BrowserDefect):
    """Apple Pay is offered on a device that has none."""


@defect(
    "sdk/apple-pay-wrong-amount",
    place="wallet",
    severity="blocker",
    flows=("apple-pay/paid",),
)
class ApplePayWrongAmount(BrowserDefect):
    """The Apple Pay sheet asks for another amount than is charged."""


@defect(
    "sdk/apple-pay-decline-as-success",
    place="wallet",
    severity="blocker",
    flows=("apple-pay/declined",),
)
class ApplePayDeclineAsSuccess(BrowserDefect):
    """A wallet payment that the gateway declines is told as a success."""


@defect(
    "sdk/apple-pay-dismissal-untold",
    place="wallet",
    severity="major",
    flows=("apple-pay/cancelled",),
)
class ApplePayDismissalUntold(BrowserDefect):
    """A dismissed sheet leaves the checkout waiting for ever."""
