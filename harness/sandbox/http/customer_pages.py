"""The pages a customer's browser visits at Ottu and at its gateways."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from harness.sandbox import money
from harness.sandbox.challenges import RESULTS, Acs, Challenge
from harness.sandbox.checkout import Checkout
from harness.sandbox.errors import NotFound, Refused
from harness.sandbox.gateways import CardDetails, gateway
from harness.sandbox.gateways.base import CANCELED
from harness.sandbox.gateways.cod import ON_DELIVERY
from harness.sandbox.payments import Payments
from harness.sandbox.presentation import SDK, Presentation
from harness.sandbox.states import SETTLED
from harness.sandbox.tenants import Tenant
from harness.sandbox.transactions import Attempt, Transaction
from harness.sandbox.way_back import WayBack

from . import requests
from .pages import page, problem, rendered
from .routing import Route
from .sdk_api import link

LINK_OVER: Final = "This payment link is not valid any more."
MERCHANT_URL: Final = "https://merchant.example/"


def _language(transaction: Transaction) -> str:
    return str(transaction.fields.get("language", "en"))


def _amount(attempt: Attempt) -> str:
    return f"{money.text(attempt.total, attempt.currency_code)} {attempt.currency_code}"


async def card_form(request: Request) -> Response:
    """The card form: an own document in a frame, so that card data never meets the merchant."""
    session_id, pg_code = request.path_params["session_id"], request.path_params["pg_code"]
    tenant = requests.owner(request, session_id)
    transaction = tenant.part(Checkout).find(session_id)
    mid = tenant.part(Payments).mid(transaction, pg_code)
    token = request.query_params.get("token", "")
    base = requests.origin(request)
    target = "token" if token else mid.code
    return page(
        "card_form.html",
        session_id=session_id,
        merchant_id=base.partition("://")[2],
        pg_code=mid.code,
        public_key=tenant.public_key,
        submit_url=f"{base}{SDK}/pymt-txn/submit/{session_id}/{target}/",
        lang=request.query_params.get("lang", _language(transaction)),
        mode="cvv" if token else "card",
        token=token,
        cvv_required=True,
        defects=tenant.part(Presentation).setup(transaction, base)["sdk_studio"]["defects"],
    )


async def start(request: Request) -> Response:
    """GET /b/checkout/redirect/start/: the link; with a pg code, straight to the gateway."""
    session_id = request.query_params.get("session_id", "")
    pg_code = request.query_params.get("pg_code")
    tenant = requests.owner(request, session_id)
    transaction = tenant.part(Checkout).seen(session_id)
    if pg_code is not None:
        mid = tenant.part(Payments).mid(transaction, pg_code)
        if mid.flow == "redirect":
            made = link(request, tenant, session_id, pg_code)
            if made["redirect_url"] is None:
                return problem("Payment link", made["message"], 410)
            return RedirectResponse(made["redirect_url"], 303)
    query = f"?pg_code={pg_code}" if pg_code else ""
    return RedirectResponse(f"{requests.origin(request)}/b/checkout/page/{session_id}/{query}", 303)


async def hosted(request: Request) -> Response:
    """Ottu's hosted checkout page, which embeds the same SDK."""
    session_id = request.path_params["session_id"]
    tenant = requests.owner(request, session_id)
    transaction = tenant.part(Checkout).find(session_id)
    base = requests.origin(request)
    if transaction.state in SETTLED:
        return RedirectResponse(f"{base}/b/checkout/summary/{session_id}/", 303)
    fields = transaction.fields
    name = " ".join(
        str(fields[part])
        for part in ("customer_first_name", "customer_last_name")
        if fields.get(part)
    )
    return page(
        "hosted.html",
        merchant_name=tenant.name,
        merchant_url=MERCHANT_URL,
        customer={"name": name, "email": fields.get("customer_email", "")},
        description=str(fields.get("product_type") or ""),
        order_no=transaction.order_no or "",
        date=transaction.created.date().isoformat(),
        sdk_url=f"{base}/checkout/v3/checkout.min.js",
        init={
            "selector": "checkout",
            "merchant_id": base.partition("://")[2],
            "session_id": session_id,
            "apiKey": tenant.public_key,
            "lang": _language(transaction),
        },
        summary_url=f"{base}/b/checkout/summary/{session_id}/",
        lang=_language(transaction),
    )


async def summary(request: Request) -> Response:
    """Ottu's own result page."""
    session_id = request.path_params["session_id"]
    tenant = requests.owner(request, session_id)
    transaction = tenant.part(Checkout).find(session_id)
    settled = transaction.state in SETTLED
    attempt = transaction.settling_attempt
    currency = transaction.currency_code
    total = attempt.total if attempt else transaction.amount
    amount = money.text(total, currency)
    details = [("Order No", transaction.order_no or "—"), ("State", transaction.state.value)]
    if attempt:
        details.append(("Reference", attempt.reference_number))
        details.append(("Message", attempt.message))
    return page(
        "summary.html",
        ok=settled,
        heading="Thank you!" if settled else "Payment Failed",
        message=(
            "Congratulations your payment was completed successfully"
            if settled
            else (attempt.message if attempt else f"The payment is {transaction.state.value}.")
        ),
        amount_text=f"{currency} {amount}",
        status="SUCCESS" if settled else transaction.state.value.upper(),
        details=details,
        lang=_language(transaction),
    )


def _open_attempt(request: Request) -> tuple[Tenant, Transaction, Attempt]:
    """The attempt a gateway page belongs to. Raises NotFound when it is over."""
    session_id = request.path_params["session_id"]
    tenant = requests.owner(request, session_id)
    transaction = tenant.part(Checkout).find(session_id)
    attempt = transaction.attempt(request.path_params["reference"])
    if attempt is None or attempt.outcome is not None:
        raise NotFound(LINK_OVER)
    if not tenant.part(Payments).payable(transaction):
        raise NotFound(LINK_OVER)
    return tenant, transaction, attempt


async def gateway_page(request: Request) -> Response:
    """The gateway's own payment page, and what its form sends."""
    tenant, transaction, attempt = _open_attempt(request)
    knet = request.path_params["page"] == "knet"
    error = ""
    if request.path_params["page"] == "cash":  # nothing is asked: the customer has chosen
        with tenant.working(transaction.session_id):
            result = await tenant.part(Payments).conclude(
                transaction.session_id, attempt.reference_number, ON_DELIVERY
            )
        asked = request.query_params.get("redirect_url", "")
        way = tenant.part(WayBack).after_gateway(result["redirect_url"], asked)
        return RedirectResponse(way, 303)
    if request.method == "POST":
        form = await requests.body(request)
        mid = tenant.mids[attempt.pg_code]
        if form.get("action") == "cancel":
            decision = CANCELED
        else:
            details = _knet_card(form) if knet else _typed_card(form)
            if details is None:
                error = "Please check the card details."
                return _gateway_page(tenant, transaction, attempt, error, knet=knet)
            attempt.masked_card = details.masked
            tenant.store.save(transaction)
            decision = gateway(tenant, mid.pg).decide_card(details)
        with tenant.working(transaction.session_id):
            result = await tenant.part(Payments).conclude(
                transaction.session_id, attempt.reference_number, decision
            )
        asked = request.query_params.get("redirect_url", "")
        way = tenant.part(WayBack).after_gateway(result["redirect_url"], asked)
        return RedirectResponse(way, 303)
    return _gateway_page(tenant, transaction, attempt, error, knet=knet)


def _gateway_page(
    tenant: Tenant, transaction: Transaction, attempt: Attempt, error: str, *, knet: bool
) -> HTMLResponse:
    shown: dict[str, Any] = {
        "merchant_name": tenant.name,
        "amount_text": _amount(attempt),
        "order_no": transaction.order_no or "",
        "action": "",
        "error": error,
        "lang": _language(transaction),
    }
    if knet:
        return page("knet.html", payment_id=attempt.reference_number, **shown)
    mid = tenant.mids[attempt.pg_code]
    can_save = Presentation.can_save(transaction, mid)
    return page("card_gateway.html", can_save=can_save, **shown)


def _knet_card(form: dict[str, Any]) -> CardDetails | None:
    return _card(
        form.get("card_number"), form.get("expiry_month"), form.get("expiry_year"), form.get("pin")
    )


def _typed_card(form: dict[str, Any]) -> CardDetails | None:
    month, _, year = str(form.get("expiry", "")).partition("/")
    return _card(form.get("card_number"), month.strip(), year.strip(), form.get("cvv"))


def _card(number: Any, month: Any, year: Any, code: Any) -> CardDetails | None:
    digits = "".join(str(number or "").split())
    parts = (digits, str(month or ""), str(year or ""), str(code or ""))
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if not 12 <= len(digits) <= 19 or not 1 <= int(parts[1]) <= 12:
        return None
    full_year = int(parts[2]) if len(parts[2]) == 4 else 2000 + int(parts[2])
    return CardDetails(digits, int(parts[1]), full_year, parts[3])


async def acs(request: Request) -> Response:
    """The issuer's challenge page (ACS emulator), and what its form sends."""
    session_id = request.path_params["session_id"]
    tenant = requests.owner(request, session_id)
    challenge = tenant.challenges.get(request.path_params["reference"])
    if challenge is None or challenge.session_id != session_id:
        raise NotFound(LINK_OVER)
    if challenge.result is not None:
        return page("acs_done.html", message="The authentication is over.")
    if request.method == "POST":
        form = await requests.body(request)
        status = "C" if form.get("action") == "cancel" else form.get("authentication_result")
        if status not in {"C", *(value for value, _ in RESULTS)}:
            raise Refused("Choose an authentication result.")
        with tenant.working(session_id):
            await tenant.part(Payments).authenticate(challenge, str(status))
        return page("acs_done.html", message="Thank you. You can go back to the merchant.")
    return _acs_page(tenant, challenge)


def _acs_page(tenant: Tenant, challenge: Challenge) -> HTMLResponse:
    transaction = tenant.part(Checkout).find(challenge.session_id)
    attempt = transaction.attempt(challenge.reference_number)
    if attempt is None:
        raise NotFound(LINK_OVER)
    details = challenge.details
    bank = tenant.part(Acs)
    amount = money.text(bank.amount(attempt), attempt.currency_code)
    return page(
        "acs.html",
        merchant_name=tenant.name,
        merchant_url=MERCHANT_URL,
        amount_text=f"{attempt.currency_code} {amount}",
        date=attempt.started.strftime("%Y%m%d %H:%M:%S"),
        masked_card=bank.masked_card(challenge),
        card_expiry=f"{details.expiry_year % 100:02d}{details.expiry_month:02d}",
        action="",
        results=RESULTS,
    )


def not_found_page(message: str, status: int) -> Response:
    """What a customer sees instead of an API error."""
    return HTMLResponse(rendered("problem.html", heading="Payment Failed", message=message), status)


ROUTES = [
    Route(f"{SDK}/card-form/{{session_id}}/{{pg_code}}", card_form, methods=["GET"]),
    Route("/b/checkout/redirect/start", start, methods=["GET"]),
    Route("/b/checkout/page/{session_id}", hosted, methods=["GET"]),
    Route("/b/checkout/summary/{session_id}", summary, methods=["GET"]),
    Route("/gateway/{page}/{session_id}/{reference}", gateway_page, methods=["GET", "POST"]),
    Route("/acs/{session_id}/{reference}", acs, methods=["GET", "POST"]),
]
