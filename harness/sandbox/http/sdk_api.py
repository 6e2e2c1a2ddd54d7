"""What the SDK script and the card form call (public key)."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from harness.sandbox.card_entry import CardEntry
from harness.sandbox.cards import Vault
from harness.sandbox.challenges import Challenge
from harness.sandbox.checkout import Checkout
from harness.sandbox.errors import Invalid, NotFound, Refused
from harness.sandbox.payments import Payments
from harness.sandbox.presentation import SDK, Presentation
from harness.sandbox.states import State
from harness.sandbox.tenants import Tenant

from . import requests
from .answers import JSON
from .pages import rendered
from .routing import Route, SocketRoute

LONG_POLL_S: Final = 25.0
#: Gateways whose page is not the usual card page.
_PAGES: Final = {"kpay": "knet", "cod": "cash"}


async def setup(request: Request) -> Response:
    """GET …/pymt-txn/submit/{session_id}: what the SDK renders from."""
    session_id = request.path_params["session_id"]
    tenant = requests.shopper(request, session_id)
    found = tenant.part(Checkout).find(session_id)
    return JSON(tenant.part(Presentation).setup(found, requests.origin(request)))


async def seen(request: Request) -> Response:
    """POST …/concur-payer-view: the customer sees the methods."""
    given = await requests.body(request)
    session_id = str(given.get("session_id", ""))
    tenant = requests.shopper(request, session_id)
    tenant.part(Checkout).seen(session_id)
    return Response(status_code=204)


async def submit(request: Request) -> Response:
    """POST …/pymt-txn/submit/{session_id}/{pg_code}: by card, or by the gateway's own page."""
    session_id = request.path_params["session_id"]
    tenant = requests.shopper(request, session_id)
    given = await requests.body(request)
    pg_code = request.path_params["pg_code"]
    with tenant.working(session_id):
        if pg_code == "token":
            result = await _pay_with_token(tenant, session_id, given)
        elif given.get("payment_method") == "card":
            details = tenant.part(CardEntry).read(given.get("card"))
            result = await tenant.part(Payments).pay_with_card(
                session_id, pg_code, details, save_card=given.get("save_card") is True
            )
        else:
            return JSON(link(request, tenant, session_id, pg_code))
    return JSON(_with_addresses(request, result))


async def _pay_with_token(tenant: Tenant, session_id: str, given: dict[str, Any]) -> dict[str, Any]:
    token, code = given.get("token"), given.get("cvv")
    if not isinstance(token, str):
        raise Invalid({"token": ["This field is required."]})
    return await tenant.part(Payments).pay_with_token(session_id, token, str(code or ""))


def link(request: Request, tenant: Tenant, session_id: str, pg_code: str) -> dict[str, Any]:
    """Make the gateway's payment link. Raises Refused when the session or the gateway cannot."""
    transaction = tenant.part(Checkout).find(session_id)
    payments = tenant.part(Payments)
    mid = payments.mid(transaction, pg_code)
    if not payments.payable(transaction):
        return payments.refusal(transaction, mid, "redirect")
    if tenant.faults.of_gateway(mid.code):
        raise GatewayDown("The payment gateway could not create the payment link.")
    attempt = payments.begin(transaction, mid, "redirect")
    page = _PAGES.get(mid.pg, "card")
    way = f"{page}/{session_id}/{attempt.reference_number}"
    return {
        "status": "success",
        "redirect_url": f"{requests.origin(request)}/gateway/{way}/",
        "message": "Redirecting to the payment page...",
    }


class GatewayDown(Refused):
    """The gateway behind a MID does not answer."""

    status = 502


def _with_addresses(request: Request, result: dict[str, Any]) -> dict[str, Any]:
    """A challenge needs the addresses of its ACS page and of its result."""
    if result["status"] != "3DS":
        return result
    base = requests.origin(request)
    way = f"{result['session_id']}/{result['reference_number']}"
    html = rendered("three_ds.html", acs_url=f"{base}/acs/{way}/", ref=result["reference_number"])
    socket = base.replace("http", "ws", 1)
    return result | {"html": html, "ws_url": f"{socket}{SDK}/3ds/{way}/"}


async def cancel(request: Request) -> Response:
    """POST …/pymt-txn/cancel/{session_id}: the customer walks away from a challenge, or at all."""
    session_id = request.path_params["session_id"]
    tenant = requests.shopper(request, session_id)
    given = await requests.body(request)
    reference = given.get("reference_number")
    if reference:
        challenge = _challenge(tenant, session_id, str(reference))
        with tenant.working(session_id):
            result = challenge.result or await tenant.part(Payments).authenticate(challenge, "C")
        return JSON(result)
    checkout, payments = tenant.part(Checkout), tenant.part(Payments)
    transaction = checkout.find(session_id)
    if payments.payable(transaction):
        now = tenant.clock.now()
        transaction.move(State.CANCELED, now, "canceled by the customer")
        tenant.store.save(transaction)
    mid = tenant.mids[transaction.pg_codes[0]]
    return JSON(payments.refusal(transaction, mid, ""))


def _challenge(tenant: Tenant, session_id: str, reference: str) -> Challenge:
    challenge = tenant.challenges.get(reference)
    if challenge is None or challenge.session_id != session_id:
        raise NotFound
    return challenge


async def challenge_result(request: Request) -> Response:
    """GET …/3ds/{session_id}/{reference}: the result once there is one (long poll)."""
    session_id = request.path_params["session_id"]
    tenant = requests.shopper(request, session_id)
    challenge = _challenge(tenant, session_id, request.path_params["reference"])
    with suppress(TimeoutError):
        await asyncio.wait_for(challenge.over.wait(), LONG_POLL_S)
    if challenge.result is None:
        return Response(status_code=204)
    return JSON(challenge.result)


async def challenge_socket(socket: WebSocket) -> None:
    """The socket a challenge's result arrives by, after the client said what it waits for."""
    session_id = socket.path_params["session_id"]
    tenant = socket.scope["tenants"].by_session(session_id)
    challenge = None if tenant is None else tenant.challenges.get(socket.path_params["reference"])
    if challenge is None or challenge.session_id != session_id:
        await socket.close(4404)
        return
    await socket.accept()
    with suppress(WebSocketDisconnect):
        try:
            hello = await socket.receive_json()
        except (json.JSONDecodeError, KeyError):
            hello = {}
        if not isinstance(hello, dict):
            hello = {}
        if hello.get("reference_number") != challenge.reference_number:
            await socket.close(4400)
            return
        gone = asyncio.create_task(socket.receive())
        over = asyncio.create_task(challenge.over.wait())
        await asyncio.wait({gone, over}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        over.cancel()
        if challenge.result is not None:
            await socket.send_json(challenge.result)
            await socket.close()


async def remove_card(request: Request) -> Response:
    """DELETE …/card/{session_id}/{token}: the customer removes a saved card."""
    session_id = request.path_params["session_id"]
    tenant = requests.shopper(request, session_id)
    transaction = tenant.part(Checkout).find(session_id)
    customer_id = transaction.fields.get("customer_id")
    if not customer_id:
        raise NotFound
    tenant.part(Vault).remove(request.path_params["token"], customer_id)
    return Response(status_code=204)


async def apple_pay_validate(request: Request) -> Response:
    """POST …/apple-pay/validate/{session_id}: an opaque merchant session for the sheet."""
    session_id = request.path_params["session_id"]
    tenant = requests.shopper(request, session_id)
    given = await requests.body(request)
    if not given.get("apple_url"):
        raise Invalid({"apple_url": ["This field is required."]})
    now = tenant.clock.now()
    return JSON(
        {
            "epochTimestamp": int(now.timestamp() * 1000),
            "merchantSessionIdentifier": session_id,
            "merchantIdentifier": f"merchant.sandbox.{tenant.id}",
            "domainName": requests.origin(request).partition("://")[2],
            "displayName": tenant.name,
        }
    )


async def apple_pay(request: Request) -> Response:
    """POST …/apple-pay/pay/{session_id}: charge what the sheet authorised."""
    session_id = request.path_params["session_id"]
    tenant = requests.shopper(request, session_id)
    given = await requests.body(request)
    payload = given.get("apple_pay_payload")
    if not isinstance(payload, dict) or not payload.get("token"):
        raise Invalid({"apple_pay_payload": ["This field is required."]})
    transaction = tenant.part(Checkout).find(session_id)
    services = tenant.part(Presentation).services(transaction, requests.origin(request))
    if not services:
        raise Refused("Apple Pay is not available for this session.")
    with tenant.working(session_id):
        result = await tenant.part(Payments).pay_with_wallet(
            session_id, services[0]["pg_code"], "apple_pay"
        )
    return JSON(
        {
            "approved": result["status"] == "success",
            "message": result["message"],
            "callback_payload": result,
        }
    )


ROUTES = [
    Route(f"{SDK}/pymt-txn/submit/{{session_id}}", setup, methods=["GET"]),
    Route(f"{SDK}/concur-payer-view", seen, methods=["POST"]),
    Route(f"{SDK}/pymt-txn/submit/{{session_id}}/{{pg_code}}", submit, methods=["POST"]),
    Route(f"{SDK}/pymt-txn/cancel/{{session_id}}", cancel, methods=["POST"]),
    Route(f"{SDK}/3ds/{{session_id}}/{{reference}}", challenge_result, methods=["GET"]),
    SocketRoute(f"{SDK}/3ds/{{session_id}}/{{reference}}", challenge_socket),
    Route(f"{SDK}/card/{{session_id}}/{{token}}", remove_card, methods=["DELETE"]),
    Route(f"{SDK}/apple-pay/validate/{{session_id}}", apple_pay_validate, methods=["POST"]),
    Route(f"{SDK}/apple-pay/pay/{{session_id}}", apple_pay, methods=["POST"]),
]
