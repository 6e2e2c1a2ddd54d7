"""The webhooks a shop received, and waiting for the next one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from harness.errors import NeverHappened
from harness.lanes import elsewhere


@dataclass(frozen=True, slots=True)
class ReceivedWebhook:
    """One POST to the shop's webhook address.

    `signature_valid` is None when the shop has no HMAC key to check with. `status` is what the
    shop answered: Ottu sends the payer on to the shop for 200, and keeps them for anything else.
    """

    payload: dict[str, Any]
    received_at: datetime
    signature_valid: bool | None
    headers: dict[str, str]
    status: int

    @property
    def session_id(self) -> str:
        """The session it is about; empty when it names none."""
        return str(self.payload.get("session_id", ""))

    @property
    def state(self) -> str:
        """The state it says the transaction is in; empty when it says none."""
        return str(self.payload.get("state", ""))


class WebhookInbox:
    """Received webhooks in the order they came. Safe to share between threads."""

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._received: list[ReceivedWebhook] = []

    def add(self, webhook: ReceivedWebhook) -> None:
        """Take `webhook` in and wake whoever waits for it."""
        with self._arrived:
            self._received.append(webhook)
            self._arrived.notify_all()

    @property
    def all(self) -> list[ReceivedWebhook]:
        """What has come so far; a copy."""
        with self._arrived:
            return list(self._received)

    def wait_for(
        self,
        session_id: str,
        count: int,
        timeout_s: float,
        matching: Callable[[ReceivedWebhook], bool] | None,
    ) -> list[ReceivedWebhook]:
        """At least `count` webhooks about `session_id`, as soon as they are there.

        Raises:
            NeverHappened: fewer came within `timeout_s` seconds.
        """

        def found() -> list[ReceivedWebhook]:
            return [
                webhook
                for webhook in self._received
                if webhook.session_id == session_id and (matching is None or matching(webhook))
            ]

        def awaited() -> list[ReceivedWebhook]:
            with self._arrived:
                if self._arrived.wait_for(lambda: len(found()) >= count, timeout_s):
                    return found()
                about = [webhook for webhook in self._received if webhook.session_id == session_id]
                states = ", ".join(webhook.state or "no state" for webhook in about) or "none"
                raise NeverHappened(
                    f"{len(found())} of {count} awaited webhooks about session {session_id} came "
                    f"within {timeout_s:g} s (about this session: {states}; about others: "
                    f"{len(self._received) - len(about)}). Check that the target can reach the "
                    "shop's webhook address, and that it sends one for this outcome."
                )

        return elsewhere(awaited)
