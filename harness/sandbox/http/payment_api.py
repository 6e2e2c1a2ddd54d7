"""Operations, inquiry, payment methods, saved cards, and payments by the merchant's server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from harness.sandbox import instruments
from harness.sandbox import validation as v
from harness.sandbox.cards import Vault
from harness.sandbox.direct import DirectPayments
from harness.sandbox.inquiry import Inquiry
from harness.sandbox.operations import Operations
from harness.sandbox.presentation import Presentation
from harness.sandbox.tenants import Tenant

from . import requests
from .answers import JSON
from .routing import Route

_TAGS: Final = frozenset(
    """e_commerce crm pos invoicing subscriptions marketplace mobile_app ticket_booking donations
    government education healthcare insurance logistics hospitality real_estate retail telecom
    utilities demo test""".split()  # noqa: SIM905 -- one long line each otherwise
)


async def operation(request: Request) -> Response:
    """POST /b/pbl/v2/operation/."""
    tenant = requests.merchant(request)
    given = await requests.body(request)
    tracking_key = request.headers.get("tracking-key")
    return JSON(await tenant.part(Operations).perform(given, tracking_key))


async def inquiry(request: Request) -> Response:
    """POST /b/pbl/v2/inquiry/."""
    tenant = requests.merchant(request)
    return JSON(await tenant.part(Inquiry).ask(await requests.body(request)))


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
            "tags": v.items(v.choice(*_TAGS), may_be_empty=True),
            "payment_services": v.items(
                v.choice("apple_pay", "google_pay", "samsung_pay", "wallet"), may_be_empty=True
            ),
        },
        required=("plugin",),
    )
    presentation = tenant.part(Presentation)
    fitting = presentation.fitting(asked)
    base = requests.origin(request)
    listing = [presentation.listing(mid, base) for mid in fitting]
    customers = [shown for shown, mid in zip(listing, fitting, strict=True) if mid.tokenizable]
    return JSON(
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
    agreement = asked.get("agreement_id")
    return JSON(
        [
            vault.as_listed(card)
            for card in found
            if asked["type"] == "sandbox" and (not agreement or agreement in card.agreements)
        ]
    )


async def card(request: Request) -> Response:
    """DELETE /b/pbl/v2/card/{token}/?customer_id=&type=."""
    tenant = requests.merchant(request)
    asked = v.checked(
        dict(request.query_params),
        {"type": v.choice("sandbox", "production"), "customer_id": v.string(64)},
        required=("customer_id", "type"),
    )
    tenant.part(Vault).remove(request.path_params["token"], asked["customer_id"])
    return Response(status_code=204)


Pay = Callable[[Tenant, dict[str, Any]], Awaitable[dict[str, Any]]]


def _payment(rules: dict[str, v.Rule], required: tuple[str, ...], pay: Pay) -> Any:
    """An endpoint that pays a session; the answer is what the webhook tells."""

    async def endpoint(request: Request) -> Response:
        tenant = requests.merchant(request)
        given = await requests.body(request)
        asked = v.checked(
            given, {"session_id": v.string(128), **rules}, required=("session_id", *required)
        )
        key = request.headers.get("idempotency-key")
        known = f"{asked['session_id']} {key}"
        if key and known in tenant.answers:
            return JSON(tenant.answers[known])
        with tenant.working(asked["session_id"]):
            answer = await pay(tenant, asked)
        if key:
            tenant.answers[known] = answer
        return JSON(answer)

    return endpoint


def _auto_debit(tenant: Tenant, asked: dict[str, Any]) -> Awaitable[dict[str, Any]]:
    return tenant.part(DirectPayments).auto_debit(asked["session_id"], asked["token"])


def _apple_pay(tenant: Tenant, asked: dict[str, Any]) -> Awaitable[dict[str, Any]]:
    direct = tenant.part(DirectPayments)
    return direct.with_sheet(asked["session_id"], asked.get("pg_code"), "apple_pay")


def _google_pay(tenant: Tenant, asked: dict[str, Any]) -> Awaitable[dict[str, Any]]:
    direct = tenant.part(DirectPayments)
    return direct.with_sheet(asked["session_id"], asked.get("pg_code"), "google_pay")


def _wallet(tenant: Tenant, asked: dict[str, Any]) -> Awaitable[dict[str, Any]]:
    code = (asked.get("payload") or {}).get("wallet_code")
    direct = tenant.part(DirectPayments)
    return direct.with_wallet(asked["session_id"], asked.get("pg_code"), code)


def _cash(tenant: Tenant, asked: dict[str, Any]) -> Awaitable[dict[str, Any]]:
    return tenant.part(DirectPayments).cash(asked["session_id"])


_TEXT: Final = v.string(50)
auto_debit = _payment({"token": _TEXT}, ("token",), _auto_debit)
apple_pay = _payment({"pg_code": _TEXT, "payload": instruments.APPLE_PAY}, ("payload",), _apple_pay)
google_pay = _payment(
    {"pg_code": _TEXT, "payload": instruments.GOOGLE_PAY}, ("payload",), _google_pay
)
wallet = _payment({"pg_code": _TEXT, "payload": instruments.WALLET}, (), _wallet)
cash = _payment({}, (), _cash)

ROUTES = [
    Route("/b/pbl/v2/operation", operation, methods=["POST"]),
    Route("/b/pbl/v2/inquiry", inquiry, methods=["POST"]),
    Route("/b/pbl/v2/payment-methods", payment_methods, methods=["POST"]),
    Route("/b/pbl/v2/card", cards, methods=["POST"]),
    Route("/b/pbl/v2/card/{token}", card, methods=["DELETE"]),
    Route("/b/pbl/v2/auto-debit", auto_debit, methods=["POST"]),
    Route("/b/pbl/v2/payment/auto-debit", auto_debit, methods=["POST"]),
    Route("/b/pbl/v2/payment/apple-pay", apple_pay, methods=["POST"]),
    Route("/b/pbl/v2/payment/google-pay", google_pay, methods=["POST"]),
    Route("/b/pbl/v2/payment/wallet", wallet, methods=["POST"]),
    Route("/b/pbl/v2/payment/cash", cash, methods=["POST"]),
    Route("/b/pbl/v2/cash-payment", cash, methods=["POST"]),
]
