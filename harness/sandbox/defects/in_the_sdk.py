"""Defects of the SDK script; the overrides with the same ids stand in ``sdk/defects``."""

from __future__ import annotations

from harness.sandbox.payments import Payments
from harness.sandbox.states import State
from harness.sandbox.transactions import Transaction

from . import BrowserDefect, defect


@defect(
    "sdk/success-as-cancel",
    place="SDK",
    severity="blocker",
    flows=("card/paid", "card/3ds-passed", "saved-card/paid", "apple-pay/paid"),
)
class SuccessAsCancel(BrowserDefect):
    """The cancel callback is run where success is due."""


@defect(
    "sdk/cancel-as-success",
    place="SDK",
    severity="blocker",
    flows=("card/declined", "card/3ds-failed", "apple-pay/declined"),
)
class CancelAsSuccess(BrowserDefect):
    """The success callback is run where cancel is due."""


@defect(
    "sdk/callback-twice",
    place="SDK",
    severity="critical",
    flows=("card/paid", "card/declined", "apple-pay/cancelled"),
)
class CallbackTwice(BrowserDefect):
    """Every callback is run twice."""


@defect(
    "sdk/success-missing",
    place="SDK",
    severity="blocker",
    flows=("card/paid", "card/3ds-passed", "saved-card/paid"),
)
class SuccessMissing(BrowserDefect):
    """The merchant is never told of a success."""


@defect(
    "sdk/cancel-missing",
    place="SDK",
    severity="critical",
    flows=("card/declined", "card/3ds-failed", "card/3ds-cancelled"),
)
class CancelMissing(BrowserDefect):
    """The merchant is never told that a payment came to nothing."""


@defect(
    "sdk/told-before-the-answer",
    place="SDK",
    severity="blocker",
    flows=("card/paid", "card/declined"),
)
class ToldBeforeTheAnswer(BrowserDefect):
    """Success is told as soon as the card has been sent, before any answer."""


@defect(
    "sdk/payload-without-session",
    place="SDK",
    severity="critical",
    flows=("card/paid", "card/declined"),
)
class PayloadWithoutSession(BrowserDefect):
    """The payload of a callback lacks session_id."""


@defect(
    "sdk/payload-of-another-session",
    place="SDK",
    severity="critical",
    flows=("card/paid", "card/declined", "apple-pay/paid"),
)
class PayloadOfAnotherSession(BrowserDefect):
    """The payload of a callback names another session."""


@defect(
    "sdk/status-contradicts-callback",
    place="SDK",
    severity="major",
    flows=("card/paid", "saved-card/paid"),
)
class StatusContradictsCallback(BrowserDefect):
    """The success callback carries the status canceled."""


@defect(
    "sdk/challenge-flag-dropped",
    place="SDK",
    severity="major",
    flows=("card/3ds-passed", "card/3ds-failed", "saved-card/3ds-passed"),
)
class ChallengeFlagDropped(BrowserDefect):
    """challenge_occurred is always false."""


@defect(
    "sdk/payload-with-card",
    place="SDK",
    severity="critical",
    flows=("card/paid",),
)
class PayloadWithCard(BrowserDefect):
    """The payload of a callback carries a field with the card, which Ottu does not document."""


@defect(
    "sdk/double-click-pays-twice",
    place="SDK",
    severity="blocker",
    flows=("card/paid",),
)
class DoubleClickPaysTwice(BrowserDefect, Payments):
    """A second press of the button charges a second time."""

    def payable(self, transaction: Transaction) -> bool:
        return transaction.state is State.PAID or super().payable(transaction)


@defect(
    "sdk/hooks-swapped",
    place="SDK",
    severity="major",
    flows=("card/paid", "redirect/paid"),
)
class HooksSwapped(BrowserDefect):
    """beforePayment is run before validatePayment."""


@defect(
    "sdk/rejection-ignored",
    place="SDK",
    severity="blocker",
    flows=("card/paid",),
)
class RejectionIgnored(BrowserDefect):
    """A rejected validatePayment stops nothing."""


@defect(
    "sdk/before-payment-skipped",
    place="SDK",
    severity="major",
    flows=("card/paid", "redirect/paid", "saved-card/paid"),
)
class BeforePaymentSkipped(BrowserDefect):
    """beforePayment is not run."""


@defect(
    "sdk/amount-rounded",
    place="SDK",
    severity="critical",
    flows=("card/paid",),
)
class AmountRoundedOnScreen(BrowserDefect):
    """Three decimals are shown as two."""


@defect(
    "sdk/fee-left-out",
    place="SDK",
    severity="critical",
    flows=("card/paid", "redirect/paid"),
)
class FeeLeftOutOnScreen(BrowserDefect):
    """The button names the amount without the fee that is charged."""


@defect(
    "sdk/stale-amount",
    place="SDK",
    severity="critical",
    flows=("backend/amount-updated",),
)
class StaleAmount(BrowserDefect):
    """A reloaded SDK goes on with what it knew before."""


@defect(
    "sdk/reload-drops-session",
    place="SDK",
    severity="critical",
    flows=("backend/amount-updated",),
)
class ReloadDropsSession(BrowserDefect):
    """Checkout.reload forgets the session."""


@defect(
    "sdk/hidden-method-shown",
    place="SDK",
    severity="major",
    flows=("frontend/methods-rendered",),
)
class HiddenMethodShown(BrowserDefect):
    """Methods are shown that formsOfPayment leaves out."""


@defect(
    "sdk/method-missing",
    place="SDK",
    severity="critical",
    flows=("frontend/methods-rendered", "redirect/cancelled"),
)
class MethodMissing(BrowserDefect):
    """The last of several methods is not shown."""


@defect(
    "sdk/methods-reversed",
    place="SDK",
    severity="minor",
    flows=("frontend/methods-rendered",),
)
class MethodsReversed(BrowserDefect):
    """The methods stand in another order than the merchant asked for."""


@defect(
    "sdk/arabic-left-to-right",
    place="SDK",
    severity="major",
    flows=("frontend/methods-rendered",),
)
class ArabicLeftToRight(BrowserDefect):
    """An Arabic checkout runs from left to right."""


@defect(
    "sdk/arabic-in-english",
    place="SDK",
    severity="major",
    flows=("frontend/methods-rendered",),
)
class ArabicInEnglish(BrowserDefect):
    """An Arabic checkout speaks English."""


@defect(
    "sdk/popup-never-closes",
    place="SDK",
    severity="critical",
    flows=("card/declined", "card/3ds-failed"),
)
class PopupNeverCloses(BrowserDefect):
    """The error popup cannot be closed."""


@defect(
    "sdk/error-reason-lost",
    place="SDK",
    severity="major",
    flows=("frontend/invalid-session", "session/expired"),
)
class ErrorReasonLost(BrowserDefect):
    """The error popup says that something went wrong, and not what."""


@defect(
    "sdk/invalid-session-silent",
    place="SDK",
    severity="critical",
    flows=("frontend/invalid-session",),
)
class InvalidSessionSilent(BrowserDefect):
    """A session that does not exist shows an empty checkout, and nobody is told."""


@defect(
    "sdk/challenge-cannot-be-left",
    place="SDK",
    severity="critical",
    flows=("card/3ds-cancelled",),
)
class ChallengeCannotBeLeft(BrowserDefect):
    """The cross of the challenge does nothing."""


@defect(
    "sdk/challenge-stays-open",
    place="SDK",
    severity="critical",
    flows=("card/3ds-passed", "card/3ds-failed", "saved-card/3ds-passed"),
)
class ChallengeStaysOpen(BrowserDefect):
    """The challenge stays open when it is over."""


@defect(
    "sdk/button-stuck",
    place="SDK",
    severity="critical",
    flows=("card/declined", "card/3ds-failed", "apple-pay/cancelled"),
)
class ButtonStuck(BrowserDefect):
    """After a payment that came to nothing, no other can be tried."""


@defect(
    "sdk/missing-link-untold",
    place="SDK",
    severity="critical",
    flows=("redirect/unavailable",),
)
class MissingLinkUntold(BrowserDefect):
    """A gateway without a payment link leaves customer and merchant without a word."""


@defect(
    "sdk/missing-link-as-cancel",
    place="SDK",
    severity="major",
    flows=("redirect/unavailable",),
)
class MissingLinkAsCancel(BrowserDefect):
    """A failure of the gateway is told as if the customer had cancelled."""


@defect(
    "sdk/ended-session-untold",
    place="SDK",
    severity="major",
    flows=("card/declined-single-trial",),
)
class EndedSessionUntold(BrowserDefect):
    """A session that is over is shown as one without methods, and nobody is told."""


@defect(
    "sdk/preload-without-methods",
    place="SDK",
    severity="critical",
    flows=("frontend/methods-rendered",),
)
class PreloadWithoutMethods(BrowserDefect):
    """A page that hands over its set-up gets no payment methods."""


@defect(
    "sdk/view-not-reported",
    place="SDK",
    severity="minor",
    flows=("frontend/methods-rendered", "apple-pay/unavailable"),
)
class ViewNotReported(BrowserDefect):
    """Ottu never hears that the customer sees the checkout."""


@defect(
    "sdk/expired-as-error",
    place="SDK",
    severity="major",
    flows=("session/expired",),
)
class ExpiredAsError(BrowserDefect):
    """An expired session runs the error callback."""


@defect(
    "sdk/button-in-another-currency",
    place="SDK",
    severity="critical",
    flows=("redirect/paid", "link/bulk"),
)
class ButtonInAnotherCurrency(BrowserDefect):
    """The button names another currency than the one that is charged."""
