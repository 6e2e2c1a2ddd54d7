"""Defects of the payment gateways and of what is entered into their books."""

from __future__ import annotations

from typing import Any

from harness.sandbox.gateways import CardDetails, Decision
from harness.sandbox.gateways.base import APPROVED
from harness.sandbox.gateways.cybersource import CyberSource
from harness.sandbox.gateways.knet import Knet
from harness.sandbox.gateways.ottu_pg import OttuPG
from harness.sandbox.payments import Payments
from harness.sandbox.states import State
from harness.sandbox.transactions import Attempt, Transaction

from . import Defect, defect


@defect(
    "gateway/decline-approved",
    place="gateway",
    severity="blocker",
    flows=("card/declined", "card/declined-single-trial"),
)
class DeclineApproved(Defect, OttuPG):
    """A card that must be declined is charged."""

    def decide_card(self, card: CardDetails) -> Decision:
        decision = super().decide_card(card)
        return APPROVED if decision.outcome == "failed" else decision


@defect("gateway/error-approved", place="gateway", severity="blocker", flows=("card/declined",))
class ErrorApproved(Defect, OttuPG):
    """An error at the gateway counts as an approval."""

    def decide_card(self, card: CardDetails) -> Decision:
        decision = super().decide_card(card)
        return APPROVED if decision.outcome == "error" else decision


@defect(
    "gateway/knet-decline-captured",
    place="gateway",
    severity="blocker",
    flows=("redirect/declined",),
)
class KnetDeclineCaptured(Defect, Knet):
    """What KNET does not capture is captured all the same."""

    def decide_card(self, card: CardDetails) -> Decision:
        return APPROVED


@defect(
    "gateway/card-page-decline-approved",
    place="gateway",
    severity="blocker",
    flows=("redirect/declined",),
)
class CardPageDeclineApproved(Defect, CyberSource):
    """The gateway's own card page charges a card that must be declined."""

    def decide_card(self, card: CardDetails) -> Decision:
        return APPROVED


@defect(
    "gateway/cancel-charged", place="gateway", severity="blocker", flows=("redirect/cancelled",)
)
class CancelCharged(Defect, Payments):
    """A customer who cancels on the gateway's page is charged."""

    async def conclude(
        self,
        session_id: str,
        reference_number: str,
        decision: Decision,
        card_to_save: CardDetails | None = None,
    ) -> dict[str, Any]:
        decided = APPROVED if decision.outcome == "canceled" else decision
        return await super().conclude(session_id, reference_number, decided, card_to_save)


@defect(
    "gateway/charged-twice",
    place="gateway",
    severity="blocker",
    flows=("card/paid", "redirect/paid", "apple-pay/paid", "session/authorized"),
)
class ChargedTwice(Defect, Payments):
    """Every payment is charged twice, and told once."""

    def charge(self, transaction: Transaction, attempt: Attempt, kind: str) -> None:
        super().charge(transaction, attempt, kind)
        super().charge(transaction, attempt, kind)


@defect(
    "gateway/not-charged",
    place="gateway",
    severity="blocker",
    flows=("card/paid", "redirect/paid", "link/shared"),
)
class NotCharged(Defect, Payments):
    """A payment is told as paid, and no money moves."""

    def charge(self, transaction: Transaction, attempt: Attempt, kind: str) -> None:
        return


@defect(
    "gateway/declined-but-charged",
    place="gateway",
    severity="blocker",
    flows=("card/declined", "card/3ds-failed", "apple-pay/declined"),
)
class DeclinedButCharged(Defect, Payments):
    """A payment is told as declined, and the money moves all the same."""

    def settle(
        self,
        transaction: Transaction,
        attempt: Attempt,
        decision: Decision,
        card_to_save: CardDetails | None,
    ) -> None:
        super().settle(transaction, attempt, decision, card_to_save)
        if decision.outcome != "success":
            self.charge(transaction, attempt, "purchase")


@defect(
    "gateway/charged-in-another-currency",
    place="gateway",
    severity="blocker",
    flows=("card/paid", "redirect/paid"),
)
class ChargedInAnotherCurrency(Defect, Payments):
    """The gateway charges the right number in the wrong currency."""

    def charge(self, transaction: Transaction, attempt: Attempt, kind: str) -> None:
        super().charge(transaction, attempt, kind)
        self.tenant.ledger[-1]["currency_code"] = "USD"


@defect(
    "gateway/charged-under-another-reference",
    place="gateway",
    severity="critical",
    flows=("card/paid", "redirect/paid"),
)
class ChargedUnderAnotherReference(Defect, Payments):
    """The charge is in the gateway's books under a reference that the merchant never sees."""

    def charge(self, transaction: Transaction, attempt: Attempt, kind: str) -> None:
        super().charge(transaction, attempt, kind)
        self.tenant.ledger[-1]["reference_number"] = f"{attempt.reference_number}X"


@defect(
    "gateway/captures-at-once",
    place="gateway",
    severity="critical",
    flows=("session/authorized",),
)
class CapturesAtOnce(Defect, Payments):
    """A gateway that is only to reserve the money takes it."""

    def settle(
        self,
        transaction: Transaction,
        attempt: Attempt,
        decision: Decision,
        card_to_save: CardDetails | None,
    ) -> None:
        super().settle(transaction, attempt, decision, card_to_save)
        if transaction.state is State.AUTHORIZED:
            transaction.state = State.PAID
