"""Defects of the payment webhook."""

from __future__ import annotations

from typing import Any, Final

from harness.sandbox.gateways import CardDetails, Decision
from harness.sandbox.payments import Payments
from harness.sandbox.signature import sign
from harness.sandbox.transactions import Attempt, Transaction
from harness.sandbox.webhooks import Webhooks

from . import Defect, defect

_FEWER_FIELDS: Final = ("amount", "currency_code", "order_no", "reference_number", "state")


@defect(
    "webhook/missing",
    place="webhook",
    severity="blocker",
    flows=("card/paid", "redirect/paid", "link/shared", "apple-pay/paid"),
)
class Missing(Defect, Webhooks):
    """The merchant is never told of the payment."""

    async def announce(self, transaction: Transaction) -> int | None:
        return 200


@defect(
    "webhook/duplicated",
    place="webhook",
    severity="major",
    flows=("card/declined", "redirect/paid"),
)
class Duplicated(Defect, Webhooks):
    """The merchant is told of every payment twice."""

    async def announce(self, transaction: Transaction) -> int | None:
        await super().announce(transaction)
        return await super().announce(transaction)


@defect(
    "webhook/unsigned",
    place="webhook",
    severity="critical",
    flows=("card/paid", "card/declined", "redirect/paid"),
)
class Unsigned(Defect, Webhooks):
    """The webhook carries no signature."""

    def signed(self, payload: dict[str, Any]) -> dict[str, Any]:
        return payload


@defect(
    "webhook/signed-over-other-fields",
    place="webhook",
    severity="critical",
    flows=("card/paid", "redirect/paid"),
)
class SignedOverOtherFields(Defect, Webhooks):
    """The signature leaves most fields unprotected."""

    def signed(self, payload: dict[str, Any]) -> dict[str, Any]:
        return {**payload, "signature": sign(payload, self.tenant.hmac_key, _FEWER_FIELDS)}


@defect(
    "webhook/signed-with-the-public-key",
    place="webhook",
    severity="blocker",
    flows=("card/paid", "redirect/paid"),
)
class SignedWithThePublicKey(Defect, Webhooks):
    """The signature is made with a key that every visitor of the shop can read."""

    def signed(self, payload: dict[str, Any]) -> dict[str, Any]:
        return {**payload, "signature": sign(payload, self.tenant.public_key)}


@defect(
    "webhook/before-settlement",
    place="webhook",
    severity="critical",
    flows=("card/paid", "redirect/paid"),
)
class BeforeSettlement(Defect, Webhooks):
    """The webhook is made before the payment is settled, and says so."""

    def payload(self, transaction: Transaction) -> dict[str, Any]:
        return super().payload(transaction) | {"state": "pending", "result": "pending"}


@defect(
    "webhook/another-amount",
    place="webhook",
    severity="blocker",
    flows=("card/paid", "redirect/paid"),
)
class AnotherAmount(Defect, Webhooks):
    """The webhook tells of another amount than was paid."""

    def payload(self, transaction: Transaction) -> dict[str, Any]:
        told = super().payload(transaction)
        return told | {"amount": f"1{told['amount']}"}


@defect(
    "webhook/paid-amount-without-fee",
    place="webhook",
    severity="major",
    flows=("card/paid", "redirect/paid"),
)
class PaidAmountWithoutFee(Defect, Webhooks):
    """The webhook tells less than was paid: the fee is missing in paid_amount."""

    def payload(self, transaction: Transaction) -> dict[str, Any]:
        told = super().payload(transaction)
        return told | {"paid_amount": told["amount"]}


@defect(
    "webhook/success-for-a-decline",
    place="webhook",
    severity="blocker",
    flows=("card/declined", "redirect/declined"),
)
class SuccessForADecline(Defect, Webhooks):
    """The webhook of a declined payment has the result success."""

    @staticmethod
    def result(transaction: Transaction) -> str:
        return "success"


@defect("webhook/of-another-order", place="webhook", severity="critical", flows=("card/paid",))
class OfAnotherOrder(Defect, Webhooks):
    """The webhook names another order."""

    def payload(self, transaction: Transaction) -> dict[str, Any]:
        return super().payload(transaction) | {"order_no": "A-1"}


@defect("webhook/number-in-full", place="webhook", severity="blocker", flows=("card/declined",))
class NumberInFull(Defect, Payments):
    """The message of a decline repeats the whole card number."""

    def settle(
        self,
        transaction: Transaction,
        attempt: Attempt,
        decision: Decision,
        card_to_save: CardDetails | None,
    ) -> None:
        super().settle(transaction, attempt, decision, card_to_save)
        if decision.outcome != "success":
            attempt.message = f"{attempt.message} (4111111111111112)"
