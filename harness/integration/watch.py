"""What a browser context let be seen of a merchant's page, beside its callbacks."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Final

from playwright.sync_api import BrowserContext, Dialog, Page, Request, Response
from playwright.sync_api import Error as PlaywrightError

from harness.callbacks import is_of_the_tab, sends_the_tab
from harness.integration.keys import Text
from harness.integration.visit import Control, Violation

_BLOCKED: Final = "__policyBlocked"
_LEFT: Final = "__pageLeft"
_READ: Final = ("document", "script")
_SCHEME: Final = "Api-Key "


def _script(name: str) -> str:
    return (files("harness.integration") / "script" / name).read_text("utf-8")


class Watch:
    """Looks at everything the contexts it is installed on open, from the first document on.

    `dialogs` are the browser's own that a page opened; `last_words` what the page said, a line
    each, when it was left last.
    """

    def __init__(self) -> None:
        self.violations: list[Violation] = []
        self.dialogs: list[str] = []
        self.last_words: list[str] = []
        self._navigations: list[str] = []
        self._answers: list[Response] = []
        self._requests: list[Request] = []

    def install(self, context: BrowserContext) -> None:
        """Watch `context`; to be called before it opens a page."""
        context.expose_binding(_BLOCKED, self._blocked)
        context.expose_binding(_LEFT, self._left)
        context.add_init_script(_script("watch.js"))
        context.on("request", self._sent)
        context.on("response", self._answered)
        context.on("dialog", self._dialog)

    @property
    def loaded(self) -> list[str]:
        """The addresses of all scripts that arrived."""
        arrived = (each for each in self._answers if each.request.resource_type == "script")
        return [each.url for each in arrived if each.ok or each.status == 304]

    def begin(self) -> None:
        """Forget where the tab was sent to so far."""
        self._navigations.clear()

    @property
    def went_to(self) -> list[str]:
        """The addresses that the tab was sent to since `begin`, in order."""
        return list(self._navigations)

    def keys_sent_to(self, base_url: str) -> list[str]:
        """The keys in requests to that address, the first first."""
        sent = [
            request.headers.get("authorization", "")
            for request in self._requests
            if request.url.startswith(f"{base_url}/")
        ]
        return [value.removeprefix(_SCHEME) for value in sent if value.startswith(_SCHEME)]

    def texts(self, page: Page, ottu: str) -> list[Text]:
        """Everything a key could be read in: documents, scripts, requests, what the page keeps.

        What comes from `ottu` itself is left out, and what is gone again by now.
        """
        texts = [Text(f"the page {_bare(page.url)}", page.content())]
        for answer in self._answers:
            if answer.request.resource_type in _READ and not answer.url.startswith(f"{ottu}/"):
                try:
                    texts.append(Text(_bare(answer.url), answer.text()))
                except PlaywrightError:
                    continue  # a redirect, or what the browser did not keep: it shows nothing
        for request in self._requests:
            if is_of_the_tab(request):
                headers = request.headers.get("authorization", "")
                place = f"a request to {_bare(request.url)}"
                texts.append(Text(place, f"{request.url}\n{headers}\n{request.post_data or ''}"))
        kept: list[str] = page.evaluate(_script("kept.js"))
        return [*texts, *(Text("the storage of the browser", each) for each in kept)]

    def _blocked(self, source: object, told: str) -> None:  # noqa: ARG002  # Playwright's shape
        self.violations.append(Violation(**json.loads(told)))

    def _left(self, source: object, said: str) -> None:  # noqa: ARG002  # Playwright's shape
        self.last_words = _lines(said)

    def _sent(self, request: Request) -> None:
        self._requests.append(request)
        if sends_the_tab(request):
            self._navigations.append(request.url)

    def _answered(self, response: Response) -> None:
        self._answers.append(response)

    def _dialog(self, dialog: Dialog) -> None:
        # A dialog that nobody answers stops the page.
        self.dialogs.append(dialog.message)
        dialog.accept()


def policies(page: Page, answer: Response) -> list[str]:
    """Each policy of the page: those that its answer carries, and those in its markup."""
    sent = [
        header["value"]
        for header in answer.headers_array()
        if header["name"].lower() == "content-security-policy"
    ]
    declared: list[str] = page.evaluate(_script("policies.js"))
    return [policy.strip() for each in [*sent, *declared] for policy in each.split(",")]


def controls(page: Page, checkout: str) -> dict[str, Control]:
    """What a customer can use on the page, by its place; `checkout` selects the SDK's element."""
    found: dict[str, dict[str, str | bool]] = page.evaluate(_script("controls.js"), checkout)
    return {
        place: Control(str(each["label"]), bool(each["usable"])) for place, each in found.items()
    }


def words(page: Page) -> list[str]:
    """What the page itself says, a line each; the SDK's own words are in its shadow."""
    said: str = page.evaluate("() => document.body.innerText")
    return _lines(said)


def _lines(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if line.strip()]


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]
