"""``/_sandbox/``: what only a sandbox can do. A live target answers 404 here."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from harness.sandbox import money
from harness.sandbox import validation as v
from harness.sandbox.errors import Invalid, NotFound
from harness.sandbox.inquiry import Inquiry
from harness.sandbox.mids import Mid
from harness.sandbox.tenants import Entry, Settings
from harness.sandbox.wallets import MWallet

from . import requests
from .answers import JSON
from .routing import Route

CAPABILITIES: Final = (
    "clock",
    "defects",
    "faults",
    "gateways",
    "idle",
    "journal",
    "ledger",
    "outages",
    "outbox",
    "tenants",
    "wallet_tokens",
    "wallets",
)

_SETTINGS: Final = {
    "inquiry_throttle": v.boolean,
    "webhook_timeout_ms": v.integer(1, 60_000),
}


async def index(request: Request) -> Response:
    """GET /_sandbox/: the capabilities and the MIDs."""
    return JSON(
        {
            "capabilities": list(CAPABILITIES),
            "gateways": [_gateway(mid) for mid in requests.tenants(request).mids],
        }
    )


def _gateway(mid: Mid) -> dict[str, Any]:
    return {
        "code": mid.code,
        "pg": mid.pg,
        "name": mid.name,
        "flow": mid.flow,
        "operation": mid.operation,
        "currencies": list(mid.currencies),
        "tokenizable": mid.tokenizable,
        "multi_attempt": mid.multi_attempt,
        "token_needs_cvv": mid.token_needs_cvv,
        "wallets": list(mid.wallets),
    }


async def open_tenant(request: Request) -> Response:
    """POST /_sandbox/tenants: a merchant of one's own, with an address of the SDK's script."""
    settings = Settings(**v.checked(await requests.body(request), _SETTINGS))
    tenant = requests.tenants(request).open()
    tenant.settings = settings
    base = requests.origin(request)
    return JSON(
        {
            "id": tenant.id,
            "merchant_id": base.partition("://")[2],
            "sdk_url": f"{base}/checkout/v3/checkout.min.js?tenant={tenant.id}",
            "api_key": tenant.api_key,
            "public_key": tenant.public_key,
            "hmac_key": tenant.hmac_key,
        },
        201,
    )


async def close_tenant(request: Request) -> Response:
    """DELETE /_sandbox/tenants/{id}."""
    if not requests.tenants(request).close(request.path_params["id"]):
        raise NotFound
    return Response(status_code=204)


async def clock(request: Request) -> Response:
    """GET the sandbox's time; POST ``{"advance_s": n}`` turns it forward."""
    tenant = requests.merchant(request)
    if request.method == "POST":
        asked = v.checked(
            await requests.body(request),
            {"advance_s": v.integer(0, 10 * 365 * 86400)},
            required=("advance_s",),
        )
        tenant.clock.advance(asked["advance_s"])
        await tenant.part(Inquiry).run_due()
    return JSON({"now": tenant.clock.now().isoformat()})


async def outbox(request: Request) -> Response:
    """GET the messages sent to customers."""
    return JSON({"messages": requests.merchant(request).outbox})


async def journal(request: Request) -> Response:
    """GET the requests this tenant's clients made, oldest first."""
    journal = requests.merchant(request).journal
    return JSON({"requests": [entry_as_shown(entry) for entry in journal]})


def entry_as_shown(entry: Entry) -> dict[str, Any]:
    """A journal's entry by name."""
    at, request_id, method, path, status, seconds, session_id = entry
    return {
        "at": at.isoformat(),
        "request_id": request_id,
        "method": method,
        "path": path,
        "status": status,
        "duration_ms": round(seconds * 1000, 2),
        "session_id": session_id,
    }


async def ledger(request: Request) -> Response:
    """GET the movements of money at the gateways, of one session if asked."""
    session_id = request.query_params.get("session_id")
    entries = requests.merchant(request).ledger
    return JSON({"entries": [e for e in entries if session_id in (None, e["session_id"])]})


async def settings(request: Request) -> Response:
    """GET, PUT some of ``Settings``: how this tenant's installation behaves."""
    tenant = requests.merchant(request)
    if request.method == "PUT":
        asked = v.checked(await requests.body(request), _SETTINGS)
        tenant.settings = tenant.settings._replace(**asked)
    return JSON(tenant.settings._asdict())


async def wallets(request: Request) -> Response:
    """POST ``{"customer_id", "currency", "amount"}``: put money into a customer's M-Wallet."""
    tenant = requests.merchant(request)
    given = await requests.body(request)
    asked = v.checked(
        given,
        {"customer_id": v.string(64), "currency": v.choice(*sorted(money.CURRENCIES))},
        required=("customer_id", "currency"),
    )
    try:
        amount = v.amount(asked["currency"])(given.get("amount"))
    except v.Bad as bad:
        raise Invalid({"amount": bad.detail}) from None
    tenant.part(MWallet).credit(
        asked["customer_id"],
        amount,
        asked["currency"],
        entry_type="credit_adjustment",
        operation_type="adjustment",
    )
    return JSON(tenant.part(MWallet).accounts(asked), 201)


async def defects(request: Request) -> Response:
    """GET the catalogue and what is planted; PUT ``{"ids": [...]}`` plants exactly these."""
    from harness.sandbox.defects.catalogue import (  # noqa: PLC0415 -- many modules, few ask
        UnknownDefect,
        cards,
        find,
    )

    tenant = requests.merchant(request)
    if request.method == "PUT":
        asked = v.checked(
            await requests.body(request), {"ids": v.items(v.string(80), may_be_empty=True)}
        )
        try:
            tenant.plant(find(asked.get("ids", [])))
        except UnknownDefect as unknown:
            raise Invalid({"ids": [f'"{unknown.args[0]}" is not a defect.']}) from None
    return JSON(
        {
            "planted": [defect.card.id for defect in tenant.defects],
            "catalogue": [
                {
                    "id": card.id,
                    "sentence": card.sentence,
                    "place": card.place,
                    "severity": card.severity,
                    "flows": list(card.flows),
                }
                for card in cards()
            ],
        }
    )


async def idle(request: Request) -> Response:
    """GET: answers when nothing goes on for this tenant, or with what does after ``timeout_s``."""
    tenant = requests.merchant(request)
    asked = v.checked(dict(request.query_params), {"timeout_s": v.integer(0, 60)})
    with suppress(TimeoutError):
        await asyncio.wait_for(tenant.calm.wait(), asked.get("timeout_s", 10))
    return JSON({"idle": not tenant.busy, "busy": dict(tenant.busy)})


ROUTES = [
    Route("/_sandbox", index, methods=["GET"]),
    Route("/_sandbox/tenants", open_tenant, methods=["POST"]),
    Route("/_sandbox/tenants/{id}", close_tenant, methods=["DELETE"]),
    Route("/_sandbox/clock", clock, methods=["GET", "POST"]),
    Route("/_sandbox/outbox", outbox, methods=["GET"]),
    Route("/_sandbox/journal", journal, methods=["GET"]),
    Route("/_sandbox/ledger", ledger, methods=["GET"]),
    Route("/_sandbox/settings", settings, methods=["GET", "PUT"]),
    Route("/_sandbox/wallets", wallets, methods=["POST"]),
    Route("/_sandbox/defects", defects, methods=["GET", "PUT"]),
    Route("/_sandbox/idle", idle, methods=["GET"]),
]
