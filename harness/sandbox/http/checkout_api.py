"""Payment transactions, their attachments, and invoices (private key)."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from harness.sandbox.attachments import Attachments
from harness.sandbox.checkout import Checkout
from harness.sandbox.direct import DirectPayments
from harness.sandbox.invoices import Invoices
from harness.sandbox.presentation import Presentation
from harness.sandbox.states import State

from . import requests
from .answers import JSON
from .routing import Route

_FINAL: Final[dict[State, str]] = {
    State.PAID: "SUCCEEDED",
    State.AUTHORIZED: "SUCCEEDED",
    State.REFUNDED: "SUCCEEDED",
    State.COD: "SUCCEEDED",
    State.FAILED: "FAILED",
    State.EXPIRED: "FAILED",
    State.INVALIDED: "FAILED",
    State.CANCELED: "CANCELLED",
}


async def create(request: Request) -> Response:
    """POST /b/checkout/v1/pymt-txn/, with a ``payment_instrument`` also its payment."""
    tenant = requests.merchant(request)
    base = requests.origin(request)
    given = await requests.body(request)
    checkout = tenant.part(Checkout)
    instrument = given.get("payment_instrument")
    transaction = checkout.create(given, base)
    requests.tenants(request).adopt(transaction.session_id, tenant)
    if instrument is not None:
        with tenant.working(transaction.session_id):
            paid = await tenant.part(DirectPayments).with_instrument(transaction, instrument)
        return JSON(paid, 201)
    return JSON(tenant.part(Presentation).transaction(transaction, base), 201)


async def transaction(request: Request) -> Response:
    """GET, PUT, PATCH /b/checkout/v1/pymt-txn/{session_id}/."""
    tenant = requests.merchant(request)
    session_id = request.path_params["session_id"]
    checkout = tenant.part(Checkout)
    if request.method in ("GET", "HEAD"):
        found = checkout.find(session_id)
    else:
        given = await requests.body(request)
        found = checkout.update(session_id, given, whole=request.method == "PUT")
    return JSON(tenant.part(Presentation).transaction(found, requests.origin(request)))


async def upload_attachment(request: Request) -> Response:
    """POST /b/checkout/v1/upload-attachment/."""
    tenant = requests.merchant(request)
    answer = tenant.part(Attachments).upload(await requests.body(request))
    if "attachment_short_url" in answer:
        short = requests.origin(request) + answer["attachment_short_url"]
        answer = {**answer, "attachment_short_url": short}
    return JSON(answer)


async def invoice(request: Request) -> Response:
    """POST /b/invoice/v1/invoice/."""
    tenant = requests.merchant(request)
    base = requests.origin(request)
    made, fields = tenant.part(Invoices).create(await requests.body(request), base)
    requests.tenants(request).adopt(made.session_id, tenant)
    shown: dict[str, Any] = tenant.part(Presentation).transaction(made, base)
    return JSON({**shown, **fields}, 201)


async def finalization(request: Request) -> Response:
    """GET …/wallet/payment-sessions/{session_id}/finalization-status/: what became of it."""
    tenant = requests.merchant(request)
    found = tenant.part(Checkout).find(request.path_params["session_id"])
    return JSON(
        {
            "status": _FINAL.get(found.state, "PENDING"),
            "payment_transaction_id": found.session_id,
            "last_updated_at": found.history[-1][0].isoformat(),
            "source": "inquiry",
        }
    )


_SESSION: Final = "/b/checkout/v1/pymt-txn/{session_id}"
_FINALIZATION: Final = "/b/checkout/v1/wallet/payment-sessions/{session_id}/finalization-status"

ROUTES = [
    Route("/b/checkout/v1/pymt-txn", create, methods=["POST"]),
    Route(_SESSION, transaction, methods=["GET", "PUT", "PATCH"]),
    Route("/b/checkout/v1/upload-attachment", upload_attachment, methods=["POST"]),
    Route(_FINALIZATION, finalization, methods=["GET"]),
    Route("/b/invoice/v1/invoice", invoice, methods=["POST"]),
]
