"""What happened in a scenario, as messages between the parties of a payment.

The order is that of one clock, the machine's: the browser's, the shop's and the recorder's times
are all taken from it. The sandbox's own clock plays no part, since a scenario may turn it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from harness.api import Exchange
from harness.callbacks import CallbackEvent
from harness.merchant.webhooks import ReceivedWebhook


class Party(StrEnum):
    """Who takes part, in the order the lanes are drawn."""

    CUSTOMER = "Customer"
    PAGE = "Merchant page"
    SDK = "SDK"
    BACKEND = "Merchant backend"
    API = "Checkout API"
    GATEWAY = "Gateway"
    ACS = "ACS"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a party told another. ``alarming`` is drawn in red."""

    at: datetime
    sender: Party
    receiver: Party
    text: str
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A request of the browser, with what it was answered (None: nothing)."""

    at: datetime
    method: str
    url: str
    kind: str
    status: int | None
    main_frame: bool


_CALLBACK_NAMES: Final = {
    "success": "successCallback",
    "cancel": "cancelCallback",
    "error": "errorCallback",
    "before_payment": "beforePayment",
    "validate_payment": "validatePayment",
}
_FAILED_AT: Final = 500


def of_requests(requests: Iterable[PageRequest], shop_url: str, sdk_url: str) -> list[Message]:
    """The browser's requests as messages; fonts, pictures and preflights say nothing."""
    return [
        message
        for request in requests
        if (message := _of_request(request, shop_url, sdk_url)) is not None
    ]


def _of_request(request: PageRequest, shop_url: str, sdk_url: str) -> Message | None:
    path = urlsplit(request.url).path
    answered = "no answer" if request.status is None else str(request.status)
    alarming = request.status is None or request.status >= _FAILED_AT
    ends = _ends(request, path, shop_url, sdk_url)
    if ends is None:
        return None
    text = f"{request.method} {_short(path)} {answered}"
    return Message(request.at, *ends, "loads the SDK" if ends[1] is Party.SDK else text, alarming)


def _ends(
    request: PageRequest, path: str, shop_url: str, sdk_url: str
) -> tuple[Party, Party] | None:
    """Who asked whom; None where it says nothing of the payment."""
    called = request.kind in ("fetch", "xhr")
    ends: tuple[Party, Party] | None = None
    if request.method == "OPTIONS":
        ends = None
    elif request.url.startswith(shop_url):
        if request.main_frame:
            ends = Party.CUSTOMER, Party.PAGE
        elif called:
            ends = Party.PAGE, Party.BACKEND
    elif request.url == sdk_url:
        ends = Party.PAGE, Party.SDK
    elif "/gateway/" in path:
        ends = Party.CUSTOMER, Party.GATEWAY
    elif path.startswith("/acs/"):
        ends = Party.CUSTOMER, Party.ACS
    elif request.main_frame:
        ends = Party.CUSTOMER, Party.API
    elif called or request.kind == "document":
        ends = Party.SDK, Party.API
    return ends


def of_events(events: Iterable[CallbackEvent], due: Sequence[str | None]) -> list[Message]:
    """Hooks and callbacks as messages; a callback that no stated outcome asked for alarms."""
    left = [kind for kind in due if kind]
    messages = []
    for event in events:
        name = _CALLBACK_NAMES.get(event.kind)
        if name is None or event.phase not in ("called", "rejected", "threw"):
            continue
        if event.phase != "called":
            text, sender, receiver = f"{name} {event.phase}", Party.PAGE, Party.SDK
        else:
            text, sender, receiver = f"{name}()", Party.SDK, Party.PAGE
        surprising = False
        if event.phase == "called" and event.kind in ("success", "cancel", "error"):
            surprising = event.kind not in left
            if not surprising:
                left.remove(event.kind)
        messages.append(Message(event.at, sender, receiver, text, surprising))
    return messages


def of_exchanges(exchanges: Iterable[Exchange]) -> list[Message]:
    """The merchant's own calls to the Checkout API."""
    return [
        Message(
            exchange.started,
            Party.BACKEND,
            Party.API,
            f"{exchange.method} {_short(urlsplit(exchange.url).path)} "
            f"{exchange.status or exchange.error}",
            exchange.status is None or exchange.status >= _FAILED_AT,
        )
        for exchange in exchanges
    ]


def of_webhooks(webhooks: Iterable[ReceivedWebhook]) -> list[Message]:
    """What the target told the merchant's server."""
    messages = []
    for webhook in webhooks:
        forged = webhook.signature_valid is False
        said = f"webhook: {webhook.state or 'no state'}, answered {webhook.status}"
        text = f"{said}, badly signed" if forged else said
        messages.append(Message(webhook.received_at, Party.API, Party.BACKEND, text, forged))
    return messages


def in_order(*groups: Iterable[Message]) -> list[Message]:
    """All messages by their time."""
    return sorted((message for group in groups for message in group), key=lambda m: m.at)


def _short(path: str) -> str:
    """A path without what is the same for all: ids are cut, Ottu's prefixes dropped."""
    parts = [part for part in path.split("/") if part]
    for prefix in (["b", "checkout", "api", "sdk", "v1"], ["b", "checkout", "v1"], ["b", "pbl"]):
        if parts[: len(prefix)] == prefix:
            parts = parts[len(prefix) :]
    if parts[:1] == ["shops"]:
        parts = parts[2:]
    shown = [part if len(part) <= _LONGEST else f"{part[:6]}…" for part in parts]
    return "/" + "/".join(shown)


_LONGEST: Final = 24
