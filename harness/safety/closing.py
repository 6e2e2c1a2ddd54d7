"""Ends sessions that somebody could still pay, by the operations that Ottu has for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from harness.api import CheckoutAPI, Operation
from harness.errors import APIError, HarnessError, InfrastructureError, TargetUnreachable
from harness.lanes import sleep
from harness.safety.journal import Journal, Session

#: In these a customer can still pay (Ottu, "payment transaction states").
OPEN: Final = frozenset({"created", "pending", "attempted"})

_ENDS: Final[tuple[Operation, ...]] = ("cancel", "expire")
_UNKNOWN: Final = 404
_BETWEEN_TRIES_S: Final = 0.5


def close(api: CheckoutAPI, session: Session) -> None:
    """Cancel the session, or let it expire, if it is open; one the target does not know is not.

    Raises:
        HarnessError: it is open still, or the target does not say.
    """
    if session.session_id is None:
        _close_by_order(api, session)
        return
    state = _state(api, session.session_id)
    for operation in _ENDS:
        if state not in OPEN:
            return
        refusal = _attempt(api, operation, session_id=session.session_id)
        if refusal is None:
            return
        state = _state(api, session.session_id)
    if state in OPEN:
        message = f"The target ends neither way a session that is {state}."
        raise InfrastructureError(message)


def _close_by_order(api: CheckoutAPI, session: Session) -> None:
    """The answer that had the session's id never came: its order may be known all the same."""
    if session.order_no is None:
        raise InfrastructureError("The target's answer never came, and no order names it.")
    refusal = _attempt(api, "cancel", order_no=session.order_no)
    if refusal is not None and refusal.status != _UNKNOWN:
        raise refusal


def _state(api: CheckoutAPI, session_id: str) -> str | None:
    try:
        return api.retrieve(session_id).state
    except APIError as error:
        if error.status == _UNKNOWN:
            return None
        raise


def _attempt(api: CheckoutAPI, operation: Operation, **of: str) -> APIError | None:
    try:
        api.operate(operation, **of)
    except APIError as error:
        if error.exit_code != 1:
            raise
        return error
    return None


class Sweep:
    """Closes everything a journal has open; patient with a target that does not answer.

    `patience_s` is how long it may be silent before it is given up.
    """

    def __init__(
        self, api: CheckoutAPI, patience_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._api = api
        self._patience_s = patience_s
        self._clock = clock

    def run(self, journal: Journal) -> None:
        """Close what is open, and note of the rest why it is not."""
        deadline = self._clock() + self._patience_s
        for session in journal.open_sessions():
            problem = self._closed(session, deadline)
            if problem is None:
                journal.closed(session.entry)
            else:
                journal.left(session.entry, problem)

    def _closed(self, session: Session, deadline: float) -> str | None:
        while True:
            try:
                close(self._api, session)
            except TargetUnreachable as error:
                if self._clock() >= deadline:
                    return error.message
                sleep(_BETWEEN_TRIES_S)  # nothing tells of a target that comes back
            except HarnessError as error:
                return error.message
            else:
                return None
