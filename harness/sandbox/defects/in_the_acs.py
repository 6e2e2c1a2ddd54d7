"""Defects of 3D Secure: the challenge, the bank's page, and what comes of its answer."""

from __future__ import annotations

from typing import Any

from harness.sandbox.challenges import Acs, Challenge
from harness.sandbox.checkout import Checkout
from harness.sandbox.gateways import CardDetails, Decision
from harness.sandbox.gateways.base import APPROVED, CANCELED, CHALLENGE
from harness.sandbox.gateways.mpgs import Mpgs
from harness.sandbox.payments import Payments
from harness.sandbox.transactions import Attempt

from . import Defect, defect


@defect(
    "acs/challenge-skipped",
    place="ACS",
    severity="blocker",
    flows=("card/3ds-passed", "card/3ds-failed", "card/3ds-cancelled"),
)
class ChallengeSkipped(Defect, Mpgs):
    """A card that must be challenged is charged without a question."""

    def decide_card(self, card: CardDetails) -> Decision:
        decision = super().decide_card(card)
        return APPROVED if decision.outcome == "challenge" else decision


@defect(
    "acs/saved-card-not-challenged",
    place="ACS",
    severity="blocker",
    flows=("saved-card/3ds-passed", "saved-card/3ds-failed"),
)
class SavedCardNotChallenged(Defect, Mpgs):
    """A saved card is charged without the challenge that the card itself would need."""

    def decide_token(self, card: CardDetails) -> Decision:
        decision = super().decide_token(card)
        return APPROVED if decision.outcome == "challenge" else decision


@defect(
    "acs/challenges-everyone", place="ACS", severity="major", flows=("card/paid", "card/3ds-passed")
)
class ChallengesEveryone(Defect, Mpgs):
    """A card that the bank trusts is challenged."""

    def decide_card(self, card: CardDetails) -> Decision:
        decision = super().decide_card(card)
        return CHALLENGE if decision.outcome == "success" else decision


@defect(
    "acs/failed-challenge-accepted",
    place="ACS",
    severity="blocker",
    flows=("card/3ds-failed", "saved-card/3ds-failed"),
)
class FailedChallengeAccepted(Defect, Mpgs):
    """A customer who fails the bank's question is charged."""

    def decide_authenticated(self, status: str) -> Decision:
        return super().decide_authenticated(status) if status == "C" else APPROVED


@defect(
    "acs/passed-challenge-refused",
    place="ACS",
    severity="critical",
    flows=("card/3ds-passed", "saved-card/3ds-passed"),
)
class PassedChallengeRefused(Defect, Mpgs):
    """A customer who passes the bank's question is sent away."""

    def decide_authenticated(self, status: str) -> Decision:
        return super().decide_authenticated("N" if status == "Y" else status)


@defect("acs/walk-away-charged", place="ACS", severity="blocker", flows=("card/3ds-cancelled",))
class WalkAwayCharged(Defect, Mpgs):
    """A customer who walks away from the challenge is charged."""

    def decide_authenticated(self, status: str) -> Decision:
        return APPROVED if status == "C" else super().decide_authenticated(status)


@defect("acs/walk-away-left-pending", place="ACS", severity="major", flows=("card/3ds-cancelled",))
class WalkAwayLeftPending(Defect, Payments):
    """A challenge that the customer walks away from leaves its attempt open for ever."""

    async def authenticate(self, challenge: Challenge, status: str) -> dict[str, Any]:
        if status != "C":
            return await super().authenticate(challenge, status)
        transaction = self.tenant.part(Checkout).find(challenge.session_id)
        attempt = transaction.attempt(challenge.reference_number)
        if attempt is None:
            return await super().authenticate(challenge, status)
        attempt.outcome, attempt.message = CANCELED.outcome, CANCELED.message
        result = self.result(transaction, attempt, None)
        challenge.end(result)
        return result


@defect(
    "acs/answer-lost",
    place="ACS",
    severity="critical",
    flows=("card/3ds-passed", "card/3ds-failed"),
)
class AnswerLost(Defect, Payments):
    """The bank's answer never reaches the customer's checkout."""

    async def authenticate(self, challenge: Challenge, status: str) -> dict[str, Any]:
        unheard = Challenge(
            challenge.reference_number, challenge.session_id, challenge.details, challenge.save_card
        )
        return await super().authenticate(unheard, status)


@defect("acs/amount-without-fee", place="ACS", severity="major", flows=("card/3ds-passed",))
class AmountWithoutFee(Defect, Acs):
    """The bank asks the customer about another amount than is charged."""

    def amount(self, attempt: Attempt) -> Any:
        return attempt.amount


@defect("acs/another-card-shown", place="ACS", severity="major", flows=("card/3ds-passed",))
class AnotherCardShown(Defect, Acs):
    """The bank names another card than the one that pays."""

    def masked_card(self, challenge: Challenge) -> str:
        return super().masked_card(challenge)[:-4] + "0000"
