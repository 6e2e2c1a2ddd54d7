"""Merchants who wrote their pages each in their own way, served by one small server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from harness.api import CheckoutAPI
from harness.merchant.server import BackgroundServer
from harness.settings import Target

PAGES = Path(__file__).with_name("pages")
NONCE = "bm9uY2U"

DOCUMENTED = (
    "default-src 'none'; script-src 'self' {{ottu}}; connect-src 'self' {{ottu}}; "
    "frame-src {{ottu}}; img-src 'self' {{ottu}} data: blob:; style-src 'unsafe-inline'; "
    "font-src data:"
)
STRICT = (
    f"script-src 'nonce-{NONCE}' {{{{ottu}}}}; object-src 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types shop ottu-checkout"
)


@dataclass(frozen=True)
class Page:
    """A page as a merchant wrote it; `policy` is the header that it comes with."""

    name: str
    policy: str = ""
    assets: tuple[str, ...] = ()

    def sources(self) -> dict[str, str]:
        files = (f"{self.name}.html", *self.assets)
        return {file: (PAGES / file).read_text("utf-8") for file in files} | {"policy": self.policy}


LATE = Page("late")
INJECTED = Page("injected")
ADDRESSES = Page("addresses")
APP = Page("app")
GUARDED = Page("guarded", DOCUMENTED, ("guarded.js",))
TRUSTED = Page("trusted", STRICT)


@dataclass(frozen=True)
class Twin:
    """The same page with one thing wired wrongly: `right` is replaced, once."""

    name: str
    page: Page
    right: str
    wrong: str
    rule: str
    evidence: str

    def sources(self) -> dict[str, str]:
        sources = self.page.sources()
        (file,) = [name for name, text in sources.items() if text.count(self.right) == 1]
        return sources | {file: sources[file].replace(self.right, self.wrong)}


OWN_WORDS = Twin(
    "own-words",
    INJECTED,
    right='if (away) Checkout.showPopup("redirect", message || "", null);',
    wrong='if (away) tell("You will pay at your bank.");',
    rule="",
    evidence="",
)
TERMS = Twin(
    "terms",
    INJECTED,
    right='async validatePayment() { tell(""); },',
    wrong='async validatePayment() { if (!terms.checked) throw "accept the terms first"; },',
    rule="",
    evidence="",
)


class Shops:
    """Serves one page at a time, with a new order each time that it is opened."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._api = CheckoutAPI(target.base_url, target.api_key)
        methods = self._api.payment_methods("e_commerce")
        self._codes = [next(m.code for m in methods if m.pg == pg) for pg in ("mpgs", "kpay")]
        self._sources: dict[str, str] = {}
        self.sessions: list[str] = []
        app = Starlette(
            routes=[
                Route("/", self._page),
                Route("/session", self._session, methods=["POST"]),
                Route("/{file}.js", self._script),
                Route("/copy/checkout.min.js", self._copy),
                *(Route(path, self._landing) for path in ("/paid", "/declined", "/failed")),
            ]
        )
        self.server = BackgroundServer(app, "127.0.0.1", 0)

    def close(self) -> None:
        self._api.close()

    def open(self, page: Page | Twin) -> str:
        """Open the shop with that page; gives its address."""
        self._sources = page.sources()
        self.sessions.clear()
        return f"{self.server.url}/"

    def states(self) -> list[str]:
        """The states of the sessions made since the shop was opened, as Ottu knows them."""
        return [self._api.retrieve(session).state for session in self.sessions]

    def _order(self) -> str:
        made = self._api.create(
            type="e_commerce",
            amount="12.500",
            currency_code="KWD",
            pg_codes=self._codes,
            redirect_url=f"{self.server.url}/paid",
        )
        self.sessions.append(made.session_id)
        return made.session_id

    def _filled(self, source: str, session: str = "") -> str:
        values = {
            "session": session,
            "merchant": self.target.merchant_id,
            "key": self.target.public_key,
            "private": self.target.api_key.get_secret_value(),
            "sdk": self.target.sdk_url,
            "ottu": self.target.base_url,
            "site": self.server.url,
            "nonce": NONCE,
        }
        for name, value in values.items():
            source = source.replace("{{" + name + "}}", value)
        return source

    def _page(self, request: Request) -> Response:  # noqa: ARG002  # a handler's shape
        (html,) = [text for name, text in self._sources.items() if name.endswith(".html")]
        session = self._order() if "{{session}}" in html else ""
        policy = self._filled(self._sources["policy"])
        headers = {"Content-Security-Policy": policy} if policy else {}
        return HTMLResponse(self._filled(html, session), headers=headers)

    def _script(self, request: Request) -> Response:
        source = self._sources[f"{request.path_params['file']}.js"]
        return Response(self._filled(source), media_type="text/javascript")

    def _copy(self, request: Request) -> Response:  # noqa: ARG002  # a handler's shape
        script = httpx.get(self.target.sdk_url, trust_env=False)
        return Response(script.content, media_type="text/javascript")

    def _session(self, request: Request) -> Response:  # noqa: ARG002  # a handler's shape
        return JSONResponse({"session_id": self._order()})

    def _landing(self, request: Request) -> Response:
        return PlainTextResponse(f"{request.url.path}: thank you, or sorry")
