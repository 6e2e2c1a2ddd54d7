"""The merchant-facing API (private key)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from harness.sandbox import validation as v
from harness.sandbox.cards import Vault
from harness.sandbox.checkout import Checkout
from harness.sandbox.operations import Operations
from harness.sandbox.presentation import Presentation
from harness.sandbox.webhooks import Webhooks

from . import requests


async def create(request: Request) -> Response:
    """POST /b/checkout/v1/pymt-txn/."""
    tenant = requests.merchant(request)
    base = requests.origin(request)
    transaction = tenant.part(Checkout).create(await requests.body(request), base)
    requests.tenants(request).adopt(transaction.session_id, tenant)
    return JSONResponse(tenant.part(Presentation).transaction(transaction, base), 201)


async def transaction(request: Request) -> Response:
    """GET, PUT, PATCH /b/checkout/v1/pymt-txn/{session_id}/."""
    tenant = requests.merchant(request)
    session_id = request.path_params["session_id"]
    checkout = tenant.part(Checkout)
    if request.method == "GET":
        found = checkout.find(session_id)
    else:
        given = await requests.body(request)
        found = checkout.update(session_id, given, whole=request.method == "PUT")
    shown = tenant.part(Presentation).transaction(found, requests.origin(request))
    return JSONResponse(shown)


async def operation(request: Request) -> Response:
    """POST /b/pbl/v2/operation/."""
    tenant = requests.merchant(request)
    given = await requests.body(request)
    tracking_key = request.headers.get("tracking-key")
    return JSONResponse(await tenant.part(Operations).perform(given, tracking_key))


async def inquiry(request: Request) -> Response:
    """POST /b/pbl/v2/inquiry/."""
    tenant = requests.merchant(request)
    found = tenant.part(Checkout).find_by(await requests.body(request))
    webhooks = tenant.part(Webhooks)
    return JSONResponse(webhooks.signed(webhooks.payload(found)))


async def payment_methods(request: Request) -> Response:
    """POST /b/pbl/v2/payment-methods/."""
    tenant = requests.merchant(request)
    asked = v.checked(
        await requests.body(request),
        {
            "plugin": v.string(50),
            "currencies": v.items(v.string(3), may_be_empty=True),
            "customer_id": v.string(64),
            "operation": v.choice("purchase", "authorize"),
            "tokenizable": v.boolean,
            "auto_debit": v.boolean,
            "pg_names": v.items(v.string(50), may_be_empty=True),
            "type": v.choice("sandbox", "production"),
            "tags": v.items(v.string(50), may_be_empty=True),
            "payment_services": v.items(v.string(50), may_be_empty=True),
        },
        required=("plugin",),
    )
    currencies = set(asked.get("currencies") or ())
    fitting = [
        mid
        for mid in tenant.mids.values()
        if (not currencies or currencies & set(mid.currencies))
        and asked.get("operation") in (None, mid.operation)
        and (not asked.get("tokenizable") or mid.tokenizable)
        and (not asked.get("auto_debit") or mid.auto_debit)
        and (not asked.get("pg_names") or mid.pg in asked["pg_names"])
        and (not asked.get("payment_services") or set(asked["payment_services"]) & set(mid.wallets))
        and asked.get("type") != "production"
    ]
    base = requests.origin(request)
    listing = [tenant.part(Presentation).listing(mid, base) for mid in fitting]
    customers = [shown for shown, mid in zip(listing, fitting, strict=True) if mid.tokenizable]
    return JSONResponse(
        {
            "customer_payment_methods": customers if asked.get("customer_id") else [],
            "payment_methods": listing,
        }
    )


async def cards(request: Request) -> Response:
    """POST /b/pbl/v2/card/."""
    tenant = requests.merchant(request)
    asked = v.checked(
        await requests.body(request),
        {
            "type": v.choice("sandbox", "production"),
            "customer_id": v.string(64),
            "pg_codes": v.items(v.string(50), may_be_empty=True),
            "agreement_id": v.string(128),
        },
        required=("type", "customer_id"),
    )
    vault = tenant.part(Vault)
    found = vault.of_customer(asked["customer_id"], asked.get("pg_codes") or None)
    return JSONResponse([vault.as_listed(card) for card in found])


async def card(request: Request) -> Response:
    """DELETE /b/pbl/v2/card/{token}/?customer_id=&type=."""
    tenant = requests.merchant(request)
    asked = v.checked(
        dict(request.query_params),
        {"type": v.choice("sandbox", "production"), "customer_id": v.string(64)},
        required=("customer_id",),
    )
    tenant.part(Vault).remove(request.path_params["token"], asked["customer_id"])
    return Response(status_code=204)


ROUTES = [
    Route("/b/checkout/v1/pymt-txn", create, methods=["POST"]),
    Route("/b/checkout/v1/pymt-txn/{session_id}", transaction, methods=["GET", "PUT", "PATCH"]),
    Route("/b/pbl/v2/operation", operation, methods=["POST"]),
    Route("/b/pbl/v2/inquiry", inquiry, methods=["POST"]),
    Route("/b/pbl/v2/payment-methods", payment_methods, methods=["POST"]),
    Route("/b/pbl/v2/card", cards, methods=["POST"]),
    Route("/b/pbl/v2/card/{token}", card, methods=["DELETE"]),
]
