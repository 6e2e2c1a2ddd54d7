"""A shop and an Ottu that exist only in the test's browser: the real SDK against told answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, Route

import harness.sandbox
from harness.sandbox import sdk

SHOP = "http://shop.test"
OTTU = "http://ottu.test"
SESSION = "5e55" * 10
API = f"{OTTU}/b/checkout/api/sdk/v1"
SUBMIT = f"{API}/pymt-txn/submit/{SESSION}"
SDK_TAG = (
    f'<script src="{OTTU}/checkout/v3/checkout.min.js" data-success="onSuccess"'
    ' data-cancel="onCancel" data-error="onError" data-beforepayment="before"'
    ' data-validatepayment="validate"></script>'
)
LISTENING = """<script>
window.told = [];
window.onSuccess = (data) => told.push(['success', data]);
window.onCancel = (data) => told.push(['cancel', data]);
window.onError = (data) => told.push(['error', data]);
</script>"""

PAGES = Environment(
    loader=FileSystemLoader(Path(harness.sandbox.__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
)

Answer = tuple[int, Any]


def method(code: str, name: str, flow: str = "redirect", **more: object) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "pg": code,
        "flow": flow,
        "amount": "12.500",
        "currency_code": "KWD",
        "fee": "0.000",
        "fee_description": "",
        "redirect_url": f"{OTTU}/start/{code}",
        "submit_url": f"{SUBMIT}/{code}/",
        "payment_url": f"{OTTU}/card-form/{code}/" if flow == "card_onsite" else None,
        "cancel_url": f"{API}/cancel/",
        "can_save_card": False,
        "cvv_required": True,
    } | more


def saved_card(token: str, **more: object) -> dict[str, Any]:
    return {
        "token": token,
        "brand": "VISA",
        "number": f"**** {token[-4:]}",
        "expiry_month": "01",
        "expiry_year": "39",
        "cvv_required": False,
        "is_expired": False,
        "pg_code": "cards",
        "submit_url": f"{SUBMIT}/token/",
        "delete_url": f"{API}/card/{token}/",
    } | more


CARDS = method("cards", "Credit Card", "card_onsite", can_save_card=True)
KNET = method("knet", "KNET", amount="12.650", fee="0.150", fee_description="KNET service fee")


def setup(**more: object) -> dict[str, Any]:
    return {
        "session_id": SESSION,
        "amount": "12.500",
        "currency_code": "KWD",
        "state": "pending",
        "cards": [],
        "payment_methods": [CARDS, KNET],
        "payment_services": [],
        "sdk_studio": {"defects": []},
        "response": {},
        "cancel_url": f"{API}/cancel/",
    } | more


def result(status: str = "success", **more: object) -> dict[str, Any]:
    return {
        "status": status,
        "session_id": SESSION,
        "message": f"It ended in {status}.",
        "order_no": "A-1",
        "operation": "pay",
        "reference_number": "ref1",
        "redirect_url": f"{SHOP}/return",
        "form_of_payment": "card_onsite",
        "challenge_occurred": False,
        "payment_gateway_info": {"pg_code": "cards", "pg_name": "mpgs", "pg_response": {}},
    } | more


class Ottu:
    """Answers by (method, address); what is not told answers 404. Requests are kept."""

    def __init__(self, context: BrowserContext) -> None:
        self.answers: dict[tuple[str, str], Answer | list[Answer]] = {
            ("GET", f"{SUBMIT}?enableCHD=true"): (200, setup()),
            ("POST", f"{API}/concur-payer-view/"): (204, None),
        }
        self.requests: list[tuple[str, str]] = []
        self.bodies: list[Any] = []
        self.form_defects: list[str] = []
        self.pages: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        context.route("**/*", self._answer)
        context.route_web_socket("**/*", lambda socket: socket.close())
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.console: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(error.message))
        self.page.on("console", lambda message: self.console.append(message.text))

    def offer(self, **payload: object) -> None:
        self.answers["GET", f"{SUBMIT}?enableCHD=true"] = (200, setup(**payload))

    def show(self, head: str = LISTENING + SDK_TAG, **config: object) -> Page:
        """The shop's page, opened, with the SDK started on it and done with rendering."""
        given = {
            "selector": "checkout",
            "merchant_id": "ottu.test",
            "session_id": SESSION,
            "apiKey": "public",
        } | config
        start = f"<script>Checkout.init({json.dumps(given)});</script>"
        self.serve("/", f"{head}<div id=checkout>wait</div>{start}")
        self.page.goto(f"{SHOP}/")
        self.page.locator("#ottu-checkout-shadow-wrapper[aria-busy=false]").wait_for()
        return self.page

    def serve(self, path: str, body: str) -> None:
        self.pages[SHOP + path] = f"<!doctype html><meta charset=utf-8><title>Shop</title>{body}"

    def asked(self, verb: str, address: str) -> int:
        return self.requests.count((verb, address))

    @property
    def rows(self) -> list[str]:
        radios = self.page.get_by_role("radio").all()
        return [radio.get_attribute("aria-label") or "" for radio in radios]

    @property
    def pay(self) -> Locator:
        return self.page.locator(".ottu__sdk-pay-button")

    @property
    def form(self) -> FrameLocator:
        return self.page.frame_locator('iframe[title="Card details"]')

    def type_card(self, number: str = "4111 1111 1111 1111", expiry: str = "01/39") -> None:
        self.page.get_by_role("radio", name="Credit Card").check()
        self.form.get_by_label("Card Number").fill(number)
        self.form.get_by_label("MM/YY").fill(expiry)
        self.form.get_by_label("CVV").fill("100")

    def told(self, times: int = 1) -> list[tuple[str, dict[str, Any]]]:
        """What the callbacks were told, once there are that many and the SDK is at rest."""
        self.page.wait_for_function("(n) => told.length >= n", arg=times)
        self.page.wait_for_function(
            "() => !document.querySelector('#ottu-checkout-shadow-wrapper').shadowRoot"
            ".querySelector('[aria-busy=true]')"
        )
        return [(kind, data) for kind, data in self.page.evaluate("told")]

    def _answer(self, route: Route) -> None:
        request = route.request
        address = request.url
        if address.endswith("checkout.min.js"):
            route.fulfill(body=sdk.script(), content_type="text/javascript")
        elif address.startswith(f"{OTTU}/card-form/"):
            route.fulfill(body=self._card_form("token=" in address), content_type="text/html")
        elif address in self.pages:
            route.fulfill(body=self.pages[address], content_type="text/html", headers=self.headers)
        else:
            self.requests.append((request.method, address))
            self.bodies.append(request.post_data_json if request.post_data else None)
            self._fulfil(route, self._next((request.method, address)))

    def _next(self, key: tuple[str, str]) -> Answer:
        told = self.answers.get(key, (404, {"detail": "Not found."}))
        if isinstance(told, list):
            return told.pop(0) if len(told) > 1 else told[0]
        return told

    @staticmethod
    def _fulfil(route: Route, answer: Answer) -> None:
        status, body = answer
        if status == 0:
            route.abort()
            return
        route.fulfill(
            status=status,
            body="" if body is None else json.dumps(body),
            headers={"Content-Type": "application/json", "Access-Control-Allow-Origin": "*"},
        )

    def _card_form(self, is_token: bool) -> str:
        return PAGES.get_template("card_form.html").render(
            session_id=SESSION,
            merchant_id="ottu.test",
            pg_code="cards",
            public_key="public",
            submit_url=f"{SUBMIT}/{'token' if is_token else 'cards'}/",
            lang="en",
            mode="cvv" if is_token else "card",
            token="tok-4242" if is_token else "",
            cvv_required=True,
            defects=self.form_defects,
        )


def names(told: Iterable[tuple[str, Any]]) -> list[str]:
    return [name for name, _ in told]
