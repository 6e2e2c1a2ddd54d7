"""Everything the harness raises on purpose.

HarnessError
├── ConfigurationError        the reader asked for something that cannot be done       exit 2
├── InfrastructureError       nothing is known of the checkout: broken, not failed     exit 3
│   ├── TargetUnreachable     the Checkout API did not answer at all
│   ├── BeyondLimits          the run may not do at its target what it was about to do
│   ├── SandboxDied           the embedded sandbox stopped while it was needed
│   ├── BrowserMissing        there is no browser to open a page with
│   ├── BrowserServerLost     the machine that lends its browser does not answer
│   └── EvidenceLost          something was seen happening and its record did not arrive
├── APIError                  the Checkout API answered, and refused              exit 1 or 3
└── NeverHappened             the checkout did not do in time what was waited for      exit 1
    └── NeverQuiet            the page did not come to rest in time

An `APIError` is 3 where the target is in trouble (5xx) or has had enough (429).

The line between exit 1 and exit 3 is the line between a checkout that is wrong and a run that
is: an `InfrastructureError` says nothing about the checkout and may be run again, any other
may not.

Messages say what happened, with what value, and what to do next. No message holds a key, a full
card number or a CVV: whoever puts text of a target into one passes it through
`harness.redaction.redactor` first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

_SERVER_ERROR = 500
_TOO_MANY = 429


class HarnessError(Exception):
    """The root: `except HarnessError` catches what the harness raises, and nothing else.

    `exit_code` is what a command ends with when this reaches its surface.
    """

    exit_code: int = 3

    @property
    def message(self) -> str:
        """The sentence for the reader, without the name of the class."""
        return str(self)


class ConfigurationError(HarnessError):
    """A setting, an option or a value given by the reader cannot be used."""

    exit_code = 2


class InfrastructureError(HarnessError):
    """The target, the machine or the run itself fell over; the checkout was not judged."""

    exit_code = 3


class TargetUnreachable(InfrastructureError):
    """No answer came from the Checkout API: no connection, a broken one, or a timeout."""


class BeyondLimits(InfrastructureError):
    """The run's own limits forbid it: an amount, the number of sessions, a run that is over."""


class SandboxDied(InfrastructureError):
    """The embedded sandbox ended, or never became ready."""


class BrowserMissing(InfrastructureError):
    """No browser was found that the harness could launch."""


class BrowserServerLost(InfrastructureError):
    """The server that was to lend a browser does not answer, or gives none."""


class EvidenceLost(InfrastructureError):
    """A page counted more events than arrived, so "it never fired" could not be believed."""


class APIError(HarnessError):
    """The Checkout API answered with an error, or with something that is not its format.

    `status` is the HTTP status; `fields` maps a field of the request to the messages about it
    (Django REST Framework's shape); `detail` is the message about the request as a whole, or
    None; `request_id` names the exchange in the evidence; `endpoint` is verb and path.
    """

    _ADVICE: ClassVar[Mapping[int, str]] = {
        400: "Correct the fields named and send it again.",
        401: "Check that OTTU_API_KEY is the private key of this merchant.",
        403: "The key is known but may not do this; check its permissions with the merchant.",
        404: "Check the session id and that it belongs to this merchant.",
        429: "The target limits how often this may be asked; wait before asking again.",
    }

    def __init__(
        self,
        status: int,
        fields: Mapping[str, Sequence[str]] | None = None,
        detail: str | None = None,
        request_id: str | None = None,
        endpoint: str = "",
    ) -> None:
        self.status = status
        self.fields: dict[str, list[str]] = {
            name: list(messages) for name, messages in (fields or {}).items()
        }
        self.detail = detail
        self.request_id = request_id
        self.endpoint = endpoint
        # A target that is in trouble, or that has had enough, says nothing of the checkout.
        self.exit_code = 3 if status >= _SERVER_ERROR or status == _TOO_MANY else 1
        super().__init__(self._sentence())

    def __reduce__(self) -> tuple[type[APIError], tuple[Any, ...]]:
        # The exception crosses process borders (workers report to a controller), and the
        # default would hand the finished sentence to __init__ as the status.
        arguments = (self.status, self.fields, self.detail, self.request_id, self.endpoint)
        return type(self), arguments

    def _sentence(self) -> str:
        reasons = [f"{name}: {' '.join(messages)}" for name, messages in self.fields.items()]
        if self.detail:
            reasons.insert(0, self.detail)
        said = "; ".join(reasons) or "no reason given"
        where = self.endpoint or "The Checkout API"
        sentence = f"{where} answered {self.status}: {said}"
        if not sentence.endswith("."):
            sentence += "."
        if self.status >= _SERVER_ERROR:
            sentence += " The target failed; look at its own log."
        elif self.status in self._ADVICE:
            sentence += f" {self._ADVICE[self.status]}"
        if self.request_id:
            sentence += f" (request {self.request_id})"
        return sentence


class NeverHappened(HarnessError):
    """Something waited for (a callback, a webhook) did not come before the deadline."""

    exit_code = 1


class NeverQuiet(NeverHappened):
    """A page was still at work at the deadline; `pending` says on what."""

    def __init__(self, message: str, pending: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.pending = list(pending)

    def __reduce__(self) -> tuple[type[NeverQuiet], tuple[Any, ...]]:
        return type(self), (str(self), self.pending)
