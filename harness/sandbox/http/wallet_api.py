"""M-Wallet: accounts, entries and operations (private key)."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from harness.sandbox import validation as v
from harness.sandbox.errors import ApiProblem
from harness.sandbox.wallets import MWallet

from . import requests
from .answers import JSON
from .routing import Route

_STATUS: Final = v.choice("active", "suspended", "closed")
_PAGINATION: Final = v.fields(
    {
        "cursor": v.integer(0, 2**53),
        "direction": v.choice("forward", "backward"),
        "per_page": v.integer(1, 50),
    }
)
_ENTRY_TYPES: Final = (
    "credit_refund",
    "debit_payment",
    "reserve",
    "release",
    "expire",
    "reversal",
    "credit_adjustment",
    "debit_adjustment",
)


class NoWallet(ApiProblem):
    """The merchant has no wallet service."""

    status = 503

    def __init__(self) -> None:
        super().__init__({"detail": "No wallet service is configured."})


def _wallets(request: Request) -> MWallet:
    wallets = requests.merchant(request).part(MWallet)
    if not wallets.active():
        raise NoWallet
    return wallets


async def accounts(request: Request) -> Response:
    """POST /b/wallet/ottu/v1/accounts/: a customer's balances."""
    wallets = _wallets(request)
    asked = v.checked(
        await requests.body(request),
        {
            "customer_id": v.string(64),
            "currency": v.string(3),
            "status": _STATUS,
            "pagination": _PAGINATION,
        },
        required=("customer_id",),
    )
    return JSON(wallets.accounts(asked))


async def entries(request: Request) -> Response:
    """POST /b/wallet/ottu/v1/entries/: the movements on one account."""
    wallets = _wallets(request)
    asked = v.checked(
        await requests.body(request),
        {
            "customer_id": v.string(64),
            "currency": v.string(3),
            "entry_type": v.choice(*_ENTRY_TYPES),
            "direction": v.choice("credit", "debit"),
            "status": v.choice("pending", "completed", "failed"),
            "session_id": v.string(128),
            "provider": v.string(50),
            "pg_code": v.string(50),
            "date_from": v.day,
            "date_to": v.day,
            "pagination": _PAGINATION,
        },
        required=("customer_id", "currency"),
    )
    return JSON(wallets.entries(asked))


async def operation(request: Request) -> Response:
    """POST /b/wallet/ottu/v1/operations/: one operation with its entries."""
    wallets = _wallets(request)
    asked = v.checked(
        await requests.body(request),
        {"operation_id": v.integer(0, 2**53)},
        required=("operation_id",),
    )
    return JSON(wallets.operation(asked["operation_id"]))


ROUTES = [
    Route("/b/wallet/ottu/v1/accounts", accounts, methods=["POST"]),
    Route("/b/wallet/ottu/v1/entries", entries, methods=["POST"]),
    Route("/b/wallet/ottu/v1/operations", operation, methods=["POST"]),
]
