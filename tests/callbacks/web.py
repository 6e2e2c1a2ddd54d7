"""A few addresses that exist only in the test's browser, with a recorder watching."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route

from harness.callbacks import CallbackRecorder

SHOP = "http://shop.test"
ELSEWHERE = "http://elsewhere.test"
SDK_TAG = (
    '<script src="/sdk.js" data-success="onSuccess" data-cancel="onCancel" data-error="onError"'
    ' data-beforepayment="before" data-validatepayment="validate"></script>'
)

_SDK = (Path(__file__).parents[1] / "tiny_sdk.js").read_text("utf-8")


class Web:
    """Pages by address. What is not there answers 404; what is held answers when released."""

    def __init__(self, context: BrowserContext) -> None:
        self.recorder = CallbackRecorder()
        self.recorder.install(context)
        self.pages: dict[str, str] = {f"{SHOP}/sdk.js": _SDK, f"{ELSEWHERE}/sdk.js": _SDK}
        self.held: dict[str, Route | None] = {}
        context.route("**/*", self._answer)
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(error.message))

    def open(self, body: str, url: str = f"{SHOP}/", head: str = SDK_TAG) -> Page:
        self.pages[url] = f"<!doctype html><head>{head}</head><body>{body}</body>"
        self.page.goto(url)
        return self.page

    def hold(self, url: str) -> None:
        self.held[url] = None

    def release(self, url: str, body: str = "") -> None:
        route = self.held.pop(url)
        assert route is not None, f"{url} was never asked for"
        self._fulfil(route, body)

    @property
    def seen(self) -> list[str]:
        return [f"{event.kind} {event.phase}" for event in self.recorder.events]

    def _answer(self, route: Route) -> None:
        url = route.request.url
        if url in self.held:
            self.held[url] = route
        elif url in self.pages:
            self._fulfil(route, self.pages[url])
        else:
            route.fulfill(status=404, body="")

    @staticmethod
    def _fulfil(route: Route, body: str) -> None:
        is_script = route.request.url.endswith(".js")
        kind = "text/javascript" if is_script else "text/html"
        headers = {"Access-Control-Allow-Origin": "*"}
        route.fulfill(body=body, content_type=kind, headers=headers)
