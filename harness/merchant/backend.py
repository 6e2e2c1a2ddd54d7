"""The shop's addresses. Every call to the Checkout API runs beside the server's loop."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from harness.errors import HarnessError
from harness.merchant import pages
from harness.merchant.orders import Order, OrderRequest
from harness.merchant.policy import content_security_policy
from harness.merchant.shop import Shop

_ASSETS = Path(__file__).parent / "assets"
_REPORT_LENGTH = 500


class _Change(BaseModel):
    model_config = ConfigDict(extra="forbid")

    amount: str | None = None
    quantity: int | None = Field(None, ge=1, le=pages.MOST_PIECES)


class Backend:
    """The shops' side of HTTP; `find` gives the shop of an id, None when there is none."""

    def __init__(self, find: Callable[[str], Shop | None]) -> None:
        self._find = find
        under_shop = "/shops/{shop}"
        self.app = Starlette(
            routes=[
                Route(f"{under_shop}/", self.front, methods=["GET"]),
                Route(f"{under_shop}/orders", self.place, methods=["POST"]),
                Route(f"{under_shop}/orders/{{order_no}}", self.change, methods=["PATCH"]),
                Route(f"{under_shop}/orders/{{order_no}}/problems", self.report, methods=["POST"]),
                Route(f"{under_shop}/checkout/{{order_no}}", self.checkout, methods=["GET"]),
                Route(f"{under_shop}/return", self.welcome_back, methods=["GET"]),
                Route(f"{under_shop}/error", self.error, methods=["GET"]),
                Route(f"{under_shop}/webhooks/ottu", self.webhook, methods=["POST"]),
                Mount("/assets", StaticFiles(directory=_ASSETS)),
            ]
        )

    async def front(self, request: Request) -> Response:
        """The page a person starts from."""
        return HTMLResponse(pages.front_page(self._shop(request)))

    async def place(self, request: Request) -> Response:
        """Take an order: JSON from a program, a form from the front page."""
        shop = self._shop(request)
        if not request.headers.get("content-type", "").startswith("application/json"):
            return await self._place_at_counter(shop, request)
        try:
            asked = OrderRequest.model_validate(_json(await request.body()))
        except ValidationError as error:
            return _refused(error)
        try:
            order = await run_in_threadpool(shop.place, asked)
        except HarnessError as error:
            return _not_now(shop, error)
        return JSONResponse(_placed(shop, order), status_code=201)

    async def _place_at_counter(self, shop: Shop, request: Request) -> Response:
        async with request.form() as form:
            chosen = str(form.get("quantity", ""))
        if chosen not in {str(pieces) for pieces in range(1, pages.MOST_PIECES + 1)}:
            raise HTTPException(400, f"Order 1 to {pages.MOST_PIECES} pieces.")
        try:
            order = await run_in_threadpool(shop.place, pages.counter_order(shop), int(chosen))
        except HarnessError:
            return RedirectResponse(f"{shop.url}/error", status_code=303)
        return RedirectResponse(shop.page_url(order), status_code=303)

    async def change(self, request: Request) -> Response:
        """Another amount or quantity for an order."""
        shop = self._shop(request)
        order = self._order(shop, request)
        try:
            asked = _Change.model_validate(_json(await request.body()))
        except ValidationError as error:
            return _refused(error)
        try:
            replaced = await run_in_threadpool(
                shop.change, order, amount=asked.amount, quantity=asked.quantity
            )
        except HarnessError as error:
            return _not_now(shop, error)
        return JSONResponse(_placed(shop, order) | {"amount": order.amount, "replaced": replaced})

    async def report(self, request: Request) -> Response:
        """The page says that it could not do its work."""
        shop = self._shop(request)
        order = self._order(shop, request)
        reason = (await request.body()).decode("utf-8", "replace")[:_REPORT_LENGTH]
        shop.notify_admin("A checkout page did not work", reason, order.order_no)
        return Response(status_code=204)

    async def checkout(self, request: Request) -> Response:
        """The page an order is paid on; the same session however often it is loaded."""
        shop = self._shop(request)
        order = self._order(shop, request)
        if not order.session_id:
            return RedirectResponse(f"{shop.url}/error", status_code=303)
        headers = {"Cache-Control": "no-store"}
        if order.request.csp is not None:
            policy = content_security_policy(shop.credentials, order.request.csp)
            headers["Content-Security-Policy"] = policy
        return HTMLResponse(pages.checkout_page(shop, order), headers=headers)

    async def welcome_back(self, request: Request) -> Response:
        """The `redirect_url` of every session."""
        shop = self._shop(request)
        query = dict(request.query_params)
        transaction = await run_in_threadpool(shop.welcome_back, query)
        order_no = (transaction and transaction.order_no) or query.get("order_no", "")
        return HTMLResponse(pages.return_page(shop, transaction, shop.order(order_no)))

    async def error(self, request: Request) -> Response:
        """The page for what the customer cannot put right."""
        return HTMLResponse(pages.error_page(self._shop(request)))

    async def webhook(self, request: Request) -> Response:
        """What Ottu tells the shop of a payment."""
        shop = self._shop(request)
        body = await request.body()
        try:
            payload = _json(body)
        except HTTPException:
            payload = None
        if not isinstance(payload, dict):
            excerpt = body[:_REPORT_LENGTH].decode("utf-8", "replace")
            shop.notify_admin("A webhook could not be read", excerpt)
            return JSONResponse({"detail": "A webhook is a JSON object."}, status_code=400)
        return Response(status_code=shop.receive_webhook(payload, request.headers))

    def _shop(self, request: Request) -> Shop:
        shop = self._find(request.path_params["shop"])
        if shop is None:
            raise HTTPException(404, "There is no such shop.")
        return shop

    def _order(self, shop: Shop, request: Request) -> Order:
        order = shop.order(request.path_params["order_no"])
        if order is None:
            raise HTTPException(404, "There is no such order.")
        return order


def _not_now(shop: Shop, error: HarnessError) -> Response:
    """The error page; and for a program, whether Ottu refused (502) or could not be asked (503)."""
    status = HTTPStatus.BAD_GATEWAY if error.exit_code == 1 else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"error_url": f"{shop.url}/error"}, status)


def _placed(shop: Shop, order: Order) -> dict[str, object]:
    return {
        "order_no": order.order_no,
        "session_id": order.session_id,
        "page_url": shop.page_url(order),
    }


def _json(body: bytes) -> object:
    try:
        # Amounts sent as numbers keep their digits only as text, and the signature is over them.
        parsed: object = json.loads(body, parse_float=str)
    except ValueError as error:
        raise HTTPException(400, "The body is not JSON.") from error
    return parsed


def _refused(error: ValidationError) -> Response:
    problems: dict[str, list[str]] = {}
    for problem in error.errors():
        problems.setdefault(".".join(map(str, problem["loc"])), []).append(problem["msg"])
    return JSONResponse(problems, status_code=400)
