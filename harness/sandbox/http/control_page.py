"""The control page: what a QA engineer keeps open beside the suite.

It shows the tenants of this process, of which the newest scenario's may be gone in a moment; the
first tenant is that of the ready line. It is open to whoever reaches the port, as the sandbox
itself is: there is nothing in it that is worth a key.
"""

from __future__ import annotations

from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from harness.sandbox import money
from harness.sandbox.checkout import Checkout
from harness.sandbox.errors import NotFound
from harness.sandbox.inquiry import Inquiry
from harness.sandbox.notifications import checkout_url
from harness.sandbox.states import OPEN, SETTLED, State
from harness.sandbox.tenants import Tenant
from harness.sandbox.transactions import Transaction

from . import requests
from .pages import page
from .routing import Route

SHOWN: Final = 50
_STEPS_S: Final = {"minute": 60, "hour": 3600, "day": 86400}
_GOOD: Final = SETTLED


def _tenant(request: Request) -> Tenant:
    """The tenant the address names, else the first of this process. Raises NotFound."""
    everybody = requests.tenants(request)
    named = request.path_params.get("tenant_id")
    found = next(iter(everybody), None) if named is None else everybody.by_id(named)
    if found is None:
        raise NotFound
    return found


async def overview(request: Request) -> Response:
    """GET / and /_sandbox/control/{tenant_id}/: sessions, requests, messages, clock."""
    tenant = _tenant(request)
    newest = list(reversed(tenant.store.session_ids()))
    sessions = [_row(tenant, tenant.part(Checkout).find(number)) for number in newest[:SHOWN]]
    return page(
        "control.html",
        tenant=tenant,
        tenants=[
            {"id": each.id, "sessions": len(each.store), "here": each is tenant}
            for each in requests.tenants(request)
        ],
        now=tenant.clock.now().strftime("%Y-%m-%d %H:%M:%S"),
        steps=list(_STEPS_S),
        sessions=sessions,
        total=len(newest),
        journal=[_line(entry) for entry in list(tenant.journal)[-SHOWN:][::-1]],
        outbox=tenant.outbox[-SHOWN:][::-1],
        defects=[defect.card.id for defect in tenant.defects],
        faults=[fault.as_shown() for fault in tenant.faults],
        base=requests.origin(request),
    )


async def session(request: Request) -> Response:
    """GET /_sandbox/control/{tenant_id}/{session_id}/: one session's time line."""
    tenant = _tenant(request)
    session_id = request.path_params["session_id"]
    found = tenant.part(Checkout).find(session_id)
    return page(
        "control_session.html",
        tenant=tenant,
        row=_row(tenant, found),
        timeline=_timeline(found),
        attempts=found.attempts,
        children=found.children,
        fields={
            name: value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
            for name, value in found.fields.items()
            if value not in (None, "", [], {})
        },
        journal=[_line(e) for e in reversed(tenant.journal) if e[6] == session_id][:SHOWN],
        pay_url=checkout_url(requests.origin(request), session_id),
        open=found.state in OPEN,
    )


def _row(tenant: Tenant, transaction: Transaction) -> dict[str, Any]:
    state = transaction.state
    return {
        "id": transaction.session_id,
        "order_no": transaction.order_no or "—",
        "amount": money.text(transaction.amount, transaction.currency_code),
        "currency": transaction.currency_code,
        "state": state.value,
        "tone": "good" if state in _GOOD else "open" if state in OPEN else "over",
        "created": transaction.created.strftime("%H:%M:%S"),
        "attempts": len(transaction.attempts),
        "pg": transaction.settled_pg_code or ", ".join(transaction.pg_codes),
        "tenant_id": tenant.id,
    }


def _timeline(transaction: Transaction) -> list[dict[str, str]]:
    """States and attempts in the order in which they came about."""
    happened = [(at, state, why) for at, state, why in transaction.history]
    happened += [
        (a.started, "attempt", f"{a.pg_code} by {a.form_of_payment}: {a.outcome or 'going on'}")
        for a in transaction.attempts
    ]
    happened += [
        (c.at, c.operation, f"{money.text(c.amount, transaction.currency_code)} {c.destination}")
        for c in transaction.children
    ]
    return [
        {"at": at.strftime("%H:%M:%S"), "what": what, "why": why}
        for at, what, why in sorted(happened, key=lambda step: step[0])
    ]


def _line(entry: tuple[Any, ...]) -> dict[str, Any]:
    at, request_id, method, path, status, seconds, _ = entry
    return {
        "at": at.strftime("%H:%M:%S"),
        "id": request_id,
        "method": method,
        "path": path,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "bad": status >= 400,
    }


async def demo(request: Request) -> Response:
    """POST /_sandbox/control/{tenant_id}/demo: make a session and open its checkout."""
    tenant = _tenant(request)
    base = requests.origin(request)
    codes = ["ottu-sandbox", "knet-sandbox", "mpgs-sandbox"]
    transaction = tenant.part(Checkout).create(
        {
            "amount": "12.500",
            "currency_code": "KWD",
            "type": "e_commerce",
            "pg_codes": [code for code in codes if code in tenant.mids],
            "order_no": f"DEMO-{len(tenant.store) + 1}",
            "customer_id": "demo-customer",
            "customer_first_name": "Demo",
            "customer_last_name": "Customer",
            "customer_email": "demo@merchant.example",
        },
        base,
    )
    requests.tenants(request).adopt(transaction.session_id, tenant)
    return RedirectResponse(checkout_url(base, transaction.session_id), 303)


async def turn_clock(request: Request) -> Response:
    """POST /_sandbox/control/{tenant_id}/clock: ``step`` further."""
    tenant = _tenant(request)
    form = await requests.body(request)
    seconds = _STEPS_S.get(str(form.get("step")))
    if seconds is None:
        raise NotFound("There is no such step.")
    tenant.clock.advance(seconds)
    await tenant.part(Inquiry).run_due()
    return RedirectResponse(f"{requests.origin(request)}/_sandbox/control/{tenant.id}/", 303)


async def end(request: Request) -> Response:
    """POST /_sandbox/control/{tenant_id}/{session_id}: expire the session now."""
    tenant = _tenant(request)
    transaction = tenant.part(Checkout).find(request.path_params["session_id"])
    if transaction.state in OPEN:
        transaction.move(State.EXPIRED, tenant.clock.now(), "expired by hand")
        tenant.store.save(transaction)
    way = f"/_sandbox/control/{tenant.id}/{transaction.session_id}/"
    return RedirectResponse(requests.origin(request) + way, 303)


_HERE: Final = "/_sandbox/control/{tenant_id}"

ROUTES = [
    Route("/", overview, methods=["GET"]),
    Route(_HERE, overview, methods=["GET"]),
    Route(f"{_HERE}/demo", demo, methods=["POST"]),
    Route(f"{_HERE}/clock", turn_clock, methods=["POST"]),
    Route(f"{_HERE}/{{session_id}}", session, methods=["GET"]),
    Route(f"{_HERE}/{{session_id}}", end, methods=["POST"]),
]
