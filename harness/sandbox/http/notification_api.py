"""Messages to customers that a merchant asks for (private key)."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from harness.sandbox import validation as v
from harness.sandbox.checkout import Checkout
from harness.sandbox.errors import ApiProblem
from harness.sandbox.notifications import EVENTS, Notifications

from . import requests
from .answers import JSON
from .routing import Route

_CHANNEL: Final = v.choice(*EVENTS)
_MESSAGE: Final[dict[str, v.Rule]] = {
    "template_id": v.string(255),
    "to": v.string(255),
    "unit_config": v.integer(0, 2**31 - 1),
    "language": v.choice("en", "ar"),
    "cc": v.items(v.email(), may_be_empty=True),
    "bcc": v.items(v.email(), may_be_empty=True),
    "subject": v.string(255),
    "body": v.string(100_000),
    "context": v.anything,
    "attachments": v.items(v.mapping, may_be_empty=True),
    "trace_id": v.string(60),
    "tags": v.items(v.string(60), may_be_empty=True),
}


class NotNotified(ApiProblem):
    """A channel that the transaction did not ask to tell of its present state."""


async def message(request: Request) -> Response:
    """POST /b/pbl/v2/message-notification/: tell the customer of the present state again."""
    tenant = requests.merchant(request)
    given = await requests.body(request)
    asked = v.checked(given, {"channels": v.items(_CHANNEL)}, required=("channels",))
    transaction = tenant.part(Checkout).find_by(given)
    failed = tenant.part(Notifications).repeat(transaction, asked["channels"])
    if failed is not None:
        names = {name: given[name] for name in ("session_id", "order_no") if given.get(name)}
        raise NotNotified({**names, "channels": failed, "result": "failed"})
    return JSON({"message": "Customer notified."})


async def template(request: Request) -> Response:
    """POST /b/pbl/v2/send-notification/: a message of the merchant's own."""
    given = await requests.body(request)
    return _send(request, given, {"channel": _CHANNEL})


async def template_by_channel(request: Request) -> Response:
    """POST /b/pbl/v2/notifications/send/{channel}/: the same, the channel in the address."""
    given = {**await requests.body(request), "channel": request.path_params["channel"]}
    return _send(request, given, {"channel": _CHANNEL})


def _send(request: Request, given: dict[str, Any], more: dict[str, v.Rule]) -> Response:
    tenant = requests.merchant(request)
    asked = v.checked(given, _MESSAGE | more, required=("template_id", "to", *more))
    if asked["channel"] == "email":
        v.checked(asked, {"to": v.email()}, required=("to",))
    tenant.part(Notifications).by_template(asked["channel"], asked)
    return JSON({"message": "Notification sent.", "result": "success"})


ROUTES = [
    Route("/b/pbl/v2/message-notification", message, methods=["POST"]),
    Route("/b/pbl/v2/send-notification", template, methods=["POST"]),
    Route("/b/pbl/v2/notifications/send/{channel}", template_by_channel, methods=["POST"]),
]
