"""Defects of the card form; its overrides stand in ``templates/card_form/defects.js``.

What the form lets through, the server would still refuse: where that would hide the defect, the
server's own check fails with it.
"""

from __future__ import annotations

from harness.sandbox.card_entry import CardEntry

from . import BrowserDefect, defect


@defect(
    "form/month-13-accepted",
    place="card form",
    severity="critical",
    flows=("card/form-error",),
)
class MonthThirteenAccepted(BrowserDefect, CardEntry):
    """A month 13 is accepted."""

    def month_problem(self, month: str) -> str | None:
        return None


@defect(
    "form/past-expiry-accepted",
    place="card form",
    severity="critical",
    flows=("card/form-error",),
)
class PastExpiryAccepted(BrowserDefect, CardEntry):
    """A card that has expired is accepted."""

    def year_problem(self, month: str, year: str) -> str | None:
        return None


@defect(
    "form/bad-number-accepted",
    place="card form",
    severity="critical",
    flows=("card/form-error",),
)
class BadNumberAccepted(BrowserDefect, CardEntry):
    """A number with a wrong check digit is sent to the gateway."""

    def number_problem(self, number: str) -> str | None:
        return None


@defect(
    "form/code-optional",
    place="card form",
    severity="critical",
    flows=("card/form-error",),
)
class CodeOptional(BrowserDefect, CardEntry):
    """A card is charged without its CVV."""

    def demands(self, name: str) -> bool:
        return name != "cvv"

    def code_problem(self, code: str) -> str | None:
        return super().code_problem(code) if code else None


@defect(
    "form/short-code-accepted",
    place="card form",
    severity="major",
    flows=("card/form-error",),
)
class ShortCodeAccepted(BrowserDefect, CardEntry):
    """A CVV of one digit is accepted."""

    def code_problem(self, code: str) -> str | None:
        return None


@defect(
    "form/message-missing",
    place="card form",
    severity="major",
    flows=("card/form-error",),
)
class MessageMissing(BrowserDefect):
    """A wrong field turns red and does not say why."""


@defect(
    "form/message-in-english",
    place="card form",
    severity="minor",
    flows=("card/form-error",),
)
class MessageInEnglish(BrowserDefect):
    """An Arabic form tells its errors in English."""


@defect(
    "form/number-in-message",
    place="card form",
    severity="critical",
    flows=("card/form-error",),
)
class NumberInMessage(BrowserDefect):
    """The message at the field repeats the card number."""


@defect(
    "form/sends-in-spite-of-error",
    place="card form",
    severity="critical",
    flows=("card/form-error",),
)
class SendsInSpiteOfError(BrowserDefect):
    """An error is shown at the field, and the payment goes on all the same."""


@defect(
    "form/error-sticks",
    place="card form",
    severity="critical",
    flows=("card/form-error",),
)
class ErrorSticks(BrowserDefect):
    """A form that was wrong once cannot be put right."""


@defect(
    "form/number-to-the-page",
    place="card form",
    severity="blocker",
    flows=("card/paid", "card/declined"),
)
class NumberToThePage(BrowserDefect):
    """The card form tells the merchant's page the full card number."""


@defect(
    "form/code-remembered",
    place="card form",
    severity="major",
    flows=("card/declined", "card/3ds-failed"),
)
class CodeRemembered(BrowserDefect):
    """The CVV stays in the form after an attempt."""
