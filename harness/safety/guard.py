"""The guard of a run: what it allows, and the record of what was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation

import httpx

from harness.api import CheckoutAPI
from harness.api.guard import Made
from harness.errors import APIError, BeyondLimits, HarnessError
from harness.safety.closing import close
from harness.safety.journal import Journal
from harness.safety.turnstile import Turnstile


class RunGuard:
    """One scenario's part in guarding a run; the file behind each argument is shared by all.

    `journal` is the record of the sessions made, None where the target keeps none. `amount_limit`
    is the most a session may be about, a number in its own currency.
    """

    def __init__(
        self, turnstile: Turnstile, journal: Journal | None, amount_limit: Decimal | None = None
    ) -> None:
        self._turnstile = turnstile
        self._journal = journal
        self._amount_limit = amount_limit
        self._mine: set[str] = set()

    @property
    def amount_limit(self) -> Decimal | None:
        """The most that a session may be about; None: anything."""
        return self._amount_limit

    @contextmanager
    def creating(self, fields: Mapping[str, object]) -> Iterator[Made]:
        """Take a turn, and note that the session was asked for before it is."""
        self.changing(fields)
        self._turnstile.enter()
        journal = self._journal
        if journal is None:
            yield lambda session_id: None  # noqa: ARG005
            return
        entry = journal.asked(_text(fields, "order_no"), _text(fields, "expiration_time"))
        self._mine.add(entry)
        try:
            yield lambda session_id: journal.made(entry, session_id)
        except HarnessError as error:
            if _cannot_be_made(error):
                journal.refused(entry)
                self._mine.discard(entry)
            raise

    def changing(self, fields: Mapping[str, object]) -> None:
        """Refuse an amount above the limit; what is no number is for the target to refuse."""
        if self._amount_limit is None or "amount" not in fields:
            return
        try:
            amount = Decimal(str(fields["amount"]))
        except InvalidOperation:
            return
        if not amount.is_finite() or amount > self._amount_limit:
            message = (
                f"A session about {amount} is refused: the run's limit is {self._amount_limit}, "
                "set by --amount-limit."
            )
            raise BeyondLimits(message)

    def wait(self) -> None:
        """Return when the target may be asked again."""
        self._turnstile.wait()

    def rest(self, seconds: float) -> None:
        """Nobody of the run asks the target anything for so long."""
        self._turnstile.rest(seconds)

    def close_mine(self, api: CheckoutAPI) -> None:
        """Close what this scenario has open; what cannot be closed now is left to the sweeper."""
        if self._journal is None or not self._mine:
            return
        for session in self._journal.open_sessions():
            if session.entry not in self._mine:
                continue
            try:
                close(api, session)
            except HarnessError as error:
                self._journal.left(session.entry, error.message)
            else:
                self._journal.closed(session.entry)
        self._mine.clear()


def _cannot_be_made(error: HarnessError) -> bool:
    """Whether the target refused, or never heard of it.

    In trouble, out of format, or silent after it was asked, it may have made it all the same.
    """
    if isinstance(error, APIError):
        return 400 <= error.status < 500
    return isinstance(error.__cause__, (httpx.ConnectError, httpx.ConnectTimeout))


def _text(fields: Mapping[str, object], name: str) -> str | None:
    return str(fields[name]) if fields.get(name) else None
