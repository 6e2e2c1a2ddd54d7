"""A bystander in the browser: what the customer was shown, and what anybody could overhear."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, Literal

from playwright.sync_api import BrowserContext, Request

_BINDING: Final = "__bystanderHeard"


@dataclass(frozen=True, slots=True)
class Overheard:
    """One thing that a document let be heard.

    Attributes:
        kind: "press" of a button (`text` is JSON of the button, the amount and the texts around
            it), "message" posted to a window, "answer" to a request of a script, "request" sent
            by the top document.
        url: the document's address.
        top: whether it was the page itself, not a frame in it.
        text: what was heard, whole.
    """

    kind: Literal["press", "message", "answer", "request"]
    url: str
    top: bool
    text: str


class Bystander:
    """Listens to all pages of the contexts it is installed on.

    `amount` is the CSS selector by which the SDK's own markup calls what is to be paid.
    """

    def __init__(self, amount: str) -> None:
        self.heard: list[Overheard] = []
        self._amount = amount

    def install(self, context: BrowserContext) -> None:
        """Listen to `context`; to be called before it opens a page, and before a recorder is.

        What a document hears is told a moment later, or when it is asked whether it is at rest. A
        recorder that came first would take that moment for work of the page's own.
        """
        context.expose_binding(_BINDING, self._receive)
        script = (files("harness.witnesses") / "bystander.js").read_text("utf-8")
        context.add_init_script(script.replace("AMOUNT", json.dumps(self._amount)))
        context.on("request", self._sent)

    def _receive(self, source: object, told: str) -> None:  # noqa: ARG002  # Playwright's shape
        self.heard += [Overheard(**each) for each in json.loads(told)]

    def _sent(self, request: Request) -> None:
        if request.is_navigation_request():
            return
        frame = request.frame
        if frame.parent_frame is None:
            text = f"{request.method} {request.url} {request.post_data or ''}"
            self.heard.append(Overheard("request", frame.url, True, text))


def press(overheard: Overheard) -> dict[str, Any]:
    """What a press was made on."""
    shown: dict[str, Any] = json.loads(overheard.text)
    return shown
