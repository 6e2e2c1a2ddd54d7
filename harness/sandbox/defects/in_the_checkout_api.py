"""Defects of the Checkout API: what it creates, settles, tells and keeps to itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from harness.sandbox.access import Access
from harness.sandbox.checkout import Checkout
from harness.sandbox.errors import Refused
from harness.sandbox.gateways import CardDetails, Decision
from harness.sandbox.inquiry import Inquiry
from harness.sandbox.mids import Mid
from harness.sandbox.operations import Operations
from harness.sandbox.payments import Payments
from harness.sandbox.presentation import Presentation
from harness.sandbox.states import State
from harness.sandbox.tenants import Tenant
from harness.sandbox.transactions import Attempt, Transaction
from harness.sandbox.webhooks import Webhooks

from . import Defect, defect

_CENT: Final = Decimal("0.01")
_TOO_LATE_S: Final = 1.0


@defect(
    "api/amount-rounded", place="Checkout API", severity="blocker", flows=("card/paid", "link/bulk")
)
class AmountRounded(Defect, Checkout):
    """An amount with three decimals becomes one with two."""

    def create(self, given: Mapping[str, Any], base_url: str) -> Transaction:
        transaction = super().create(given, base_url)
        transaction.amount = transaction.amount.quantize(_CENT)
        self.tenant.store.save(transaction)
        return transaction


@defect(
    "api/fee-charged-twice",
    place="Checkout API",
    severity="blocker",
    flows=("card/paid", "card/3ds-passed", "redirect/paid"),
)
class FeeChargedTwice(Defect, Payments):
    """The fee of the method is charged twice."""

    def begin(self, transaction: Transaction, mid: Mid, form_of_payment: str) -> Attempt:
        attempt = super().begin(transaction, mid, form_of_payment)
        attempt.fee *= 2
        self.tenant.store.save(transaction)
        return attempt


@defect(
    "api/fee-not-charged",
    place="Checkout API",
    severity="critical",
    flows=("card/paid", "card/3ds-passed", "redirect/paid"),
)
class FeeNotCharged(Defect, Payments):
    """The fee that the customer agreed to is not charged."""

    def begin(self, transaction: Transaction, mid: Mid, form_of_payment: str) -> Attempt:
        attempt = super().begin(transaction, mid, form_of_payment)
        attempt.fee = Decimal(0)
        self.tenant.store.save(transaction)
        return attempt


@defect("api/fee-forgotten", place="Checkout API", severity="critical", flows=("card/paid",))
class FeeForgotten(Defect, Payments):
    """A method that costs a fee is offered and charged without it."""

    def fee(self, transaction: Transaction, mid: Mid) -> Any:
        return Decimal(0)


@defect(
    "api/currency-of-the-method",
    place="Checkout API",
    severity="critical",
    flows=("card/paid",),
)
class CurrencyOfTheMethod(Defect, Presentation):
    """A method is priced in its own currency instead of the session's."""

    @staticmethod
    def currency(transaction: Transaction, mid: Mid) -> str:
        return mid.currencies[0]


@defect(
    "api/stale-amount-after-update",
    place="Checkout API",
    severity="blocker",
    flows=("backend/amount-updated",),
)
class StaleAmountAfterUpdate(Defect, Checkout):
    """An update is accepted, and the old amount stays."""

    def new_amount(self, asked: Any, transaction: Transaction) -> Any:
        return transaction.amount


@defect(
    "api/update-of-ended-session-accepted",
    place="Checkout API",
    severity="critical",
    flows=("backend/update-rejected",),
)
class UpdateOfEndedSessionAccepted(Defect, Checkout):
    """An update of a session that is over is answered as if it had worked."""

    def update(self, session_id: str, given: Mapping[str, Any], *, whole: bool) -> Transaction:
        try:
            return super().update(session_id, given, whole=whole)
        except Refused:
            return self.find(session_id)


@defect(
    "api/wrong-amount-accepted",
    place="Checkout API",
    severity="major",
    flows=("backend/api-error",),
)
class WrongAmountAccepted(Defect, Checkout):
    """A session is made for nothing, or for less than nothing."""

    def create(self, given: Mapping[str, Any], base_url: str) -> Transaction:
        asked = str(given.get("amount", ""))
        corrected = asked.lstrip("-") if asked.strip("-0.") else "1"
        return super().create({**given, "amount": corrected}, base_url)


@defect(
    "api/unknown-currency-accepted",
    place="Checkout API",
    severity="major",
    flows=("backend/api-error",),
)
class UnknownCurrencyAccepted(Defect, Checkout):
    """A currency that does not exist is taken for another one."""

    def create(self, given: Mapping[str, Any], base_url: str) -> Transaction:
        known = given.get("currency_code") if given.get("currency_code") != "XXX" else "KWD"
        return super().create({**given, "currency_code": known}, base_url)


@defect(
    "api/expired-session-payable",
    place="Checkout API",
    severity="blocker",
    flows=("session/expired",),
)
class ExpiredSessionPayable(Defect, Payments):
    """A session that has expired can still be paid."""

    def payable(self, transaction: Transaction) -> bool:
        return transaction.state is State.EXPIRED or super().payable(transaction)


@defect(
    "api/paid-session-payable-again",
    place="Checkout API",
    severity="blocker",
    flows=("card/paid",),
)
class PaidSessionPayableAgain(Defect, Payments):
    """A session that is paid can be paid once more."""

    def payable(self, transaction: Transaction) -> bool:
        return transaction.state is State.PAID or super().payable(transaction)


@defect(
    "api/told-before-settled",
    place="Checkout API",
    severity="critical",
    flows=("card/paid", "card/3ds-passed", "saved-card/paid"),
)
class ToldBeforeSettled(Defect, Payments):
    """The SDK hears of the success a second before it is settled."""

    async def conclude(
        self,
        session_id: str,
        reference_number: str,
        decision: Decision,
        card_to_save: CardDetails | None = None,
    ) -> dict[str, Any]:
        transaction = self.tenant.part(Checkout).find(session_id)
        attempt = transaction.attempt(reference_number)
        if attempt is None or decision.outcome != "success" or attempt.outcome is not None:
            return await super().conclude(session_id, reference_number, decision, card_to_save)
        attempt.outcome, attempt.message = decision.outcome, decision.message
        early = self.result(transaction, attempt, self.way_back(transaction, 200))
        settling = super().conclude(session_id, reference_number, decision, card_to_save)

        async def late() -> None:
            with self.tenant.working(session_id):
                await asyncio.sleep(_TOO_LATE_S)
                await settling

        self.tenant.background.start(late())
        return early


@defect(
    "api/challenge-flag-wrong",
    place="Checkout API",
    severity="major",
    flows=("card/paid", "card/3ds-passed"),
)
class ChallengeFlagWrong(Defect, Payments):
    """The result says of every payment that it was challenged."""

    def result(
        self, transaction: Transaction, attempt: Attempt, redirect_url: str | None
    ) -> dict[str, Any]:
        return super().result(transaction, attempt, redirect_url) | {"challenge_occurred": True}


@defect(
    "api/reference-of-another-payment",
    place="Checkout API",
    severity="major",
    flows=("card/paid", "card/declined"),
)
class ReferenceOfAnotherPayment(Defect, Payments):
    """The result carries a reference number that no other account of the payment knows."""

    def result(
        self, transaction: Transaction, attempt: Attempt, redirect_url: str | None
    ) -> dict[str, Any]:
        other = {"reference_number": f"{attempt.reference_number[:-1]}0"}
        return super().result(transaction, attempt, redirect_url) | other


@defect(
    "api/private-key-echoed",
    place="Checkout API",
    severity="blocker",
    flows=("frontend/methods-rendered", "card/paid"),
)
class PrivateKeyEchoed(Defect, Presentation):
    """The set-up of the SDK carries the merchant's private key into the browser."""

    def setup(self, transaction: Transaction, base: str) -> dict[str, Any]:
        return super().setup(transaction, base) | {"api_key": self.tenant.api_key}


@defect(
    "api/session-of-another-merchant-opened",
    place="Checkout API",
    severity="blocker",
    flows=("frontend/invalid-session",),
)
class SessionOfAnotherMerchantOpened(Defect, Access):
    """Any merchant's key opens any merchant's session."""

    def admitted(self, owner: Tenant | None) -> Tenant:
        return owner if owner is not None else super().admitted(owner)


@defect(
    "api/state-not-stored",
    place="Checkout API",
    severity="critical",
    flows=("card/paid", "session/authorized", "redirect/paid"),
)
class StateNotStored(Defect, Presentation):
    """The Checkout API goes on showing a paid transaction as pending."""

    def transaction(self, transaction: Transaction, base: str) -> dict[str, Any]:
        return super().transaction(transaction, base) | {"state": State.PENDING.value}


@defect(
    "api/amount-of-transaction-wrong",
    place="Checkout API",
    severity="critical",
    flows=("card/declined", "redirect/declined"),
)
class AmountOfTransactionWrong(Defect, Presentation):
    """The Checkout API shows a transaction with another amount than was asked for."""

    def transaction(self, transaction: Transaction, base: str) -> dict[str, Any]:
        shown = super().transaction(transaction, base)
        return shown | {"amount": f"1{shown['amount']}"}


@defect(
    "api/decline-leaves-pending",
    place="Checkout API",
    severity="major",
    flows=("card/declined", "card/3ds-failed", "redirect/declined", "apple-pay/declined"),
)
class DeclineLeavesPending(Defect, Payments):
    """A declined attempt leaves no trace in the state."""

    def settle(
        self,
        transaction: Transaction,
        attempt: Attempt,
        decision: Decision,
        card_to_save: CardDetails | None,
    ) -> None:
        super().settle(transaction, attempt, decision, card_to_save)
        if transaction.state is State.ATTEMPTED:
            transaction.state = State.PENDING


@defect(
    "api/single-trial-may-retry",
    place="Checkout API",
    severity="major",
    flows=("card/declined-single-trial",),
)
class SingleTrialMayRetry(Defect, Payments):
    """Where one trial is allowed, a declined customer may try again."""

    def settle(
        self,
        transaction: Transaction,
        attempt: Attempt,
        decision: Decision,
        card_to_save: CardDetails | None,
    ) -> None:
        super().settle(transaction, attempt, decision, card_to_save)
        if transaction.state is State.FAILED:
            transaction.state = State.ATTEMPTED


@defect(
    "api/capture-without-effect",
    place="Checkout API",
    severity="critical",
    flows=("session/authorized",),
)
class CaptureWithoutEffect(Defect, Operations):
    """A capture is answered as done, and the transaction stays authorised."""

    def _move(self, transaction: Transaction, operation: str, left: Decimal) -> None:
        if operation != "capture":
            super()._move(transaction, operation, left)


@defect(
    "api/payment-in-the-dark",
    place="Checkout API",
    severity="major",
    flows=("backend/session-created",),
)
class PaymentInTheDark(Defect, Checkout):
    """A session counts as seen before any customer has looked at it."""

    def create(self, given: Mapping[str, Any], base_url: str) -> Transaction:
        transaction = super().create(given, base_url)
        return self.seen(transaction.session_id)


@defect(
    "api/inquiry-out-of-date",
    place="Checkout API",
    severity="critical",
    flows=("redirect/paid", "apple-pay/paid"),
)
class InquiryOutOfDate(Defect, Inquiry):
    """A merchant who asks hears of the payment as it was before."""

    async def ask(self, given: Mapping[str, Any]) -> dict[str, Any]:
        said = await super().ask(given) | {"state": State.PENDING.value}
        webhooks = self.tenant.part(Webhooks)
        return webhooks.signed({k: v for k, v in said.items() if k != "signature"})
