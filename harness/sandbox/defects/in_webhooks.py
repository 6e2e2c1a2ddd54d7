"""Defects of the payment webhook."""

from __future__ import annotations

from typing import Any

from harness.sandbox.transactions import Transaction
from harness.sandbox.webhooks import Webhooks

from . import Defect, defect


@defect("webhook/missing", place="webhook", severity="blocker", flows=("card/paid",))
class Missing(Defect, Webhooks):
    """The merchant is never told of the payment."""

    async def announce(self, transaction: Transaction) -> int | None:
        return None


@defect("webhook/unsigned", place="webhook", severity="critical", flows=("card/paid",))
class Unsigned(Defect, Webhooks):
    """The webhook carries no signature."""

    def signed(self, payload: dict[str, Any]) -> dict[str, Any]:
        return payload
