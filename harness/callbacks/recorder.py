"""Notes every callback and hook of the checkout, across frames, reloads and redirects."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from playwright.sync_api import BrowserContext, Page, Request

from harness.callbacks.addresses import Addresses
from harness.callbacks.event import CallbackEvent, Kind, parsed
from harness.callbacks.navigation import sends_the_tab
from harness.callbacks.rest import Report, Rest
from harness.callbacks.waiting import wait
from harness.callbacks.wiring import ScriptWiring, parsed_wiring
from harness.errors import EvidenceLost, NeverHappened

_BINDING = "__checkoutRecorder"
_WIRING = "() => window.__checkout.wiring()"
# One scope for all of them; their order is that of what they need from each other.
_PARTS = ("events.js", "callbacks.js", "sdk.js", "rest.js", "work.js", "install.js")


def script() -> str:
    """What runs in every document before any script of its own."""
    folder = files("harness.callbacks") / "script"
    parts = "\n".join((folder / part).read_text("utf-8") for part in _PARTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();'


class CallbackRecorder:
    """One timeline for all pages of the contexts it is installed on.

    Events arrive while Playwright is at work: after waiting for something outside the browser,
    call `quiet` (or any method of the page) before reading them.
    """

    def __init__(self) -> None:
        self._events: list[CallbackEvent] = []
        self._numbers: dict[str, int] = {}
        self._lost: list[str] = []
        self._awaited: dict[asyncio.Future[None], Callable[[CallbackEvent], bool]] = {}
        self._rest = Rest()
        self._addresses = Addresses()

    def install(self, context: BrowserContext) -> None:
        """Watch `context`; to be called before it opens a page."""
        context.expose_binding(_BINDING, self._told)
        self._rest.install(context)
        context.on("request", self._sent)
        context.add_init_script(script())

    @property
    def events(self) -> list[CallbackEvent]:
        """Everything so far, in order; a copy.

        Raises:
            EvidenceLost: a page counted an event that never arrived.
        """
        if self._lost:
            raise EvidenceLost(
                f"{len(self._lost)} documents counted more events than arrived "
                f"({'; '.join(self._lost)}), so it is not known which callbacks fired. Run it "
                "again; if it comes again, something in the page stops the recorder."
            )
        return list(self._events)

    @property
    def callbacks(self) -> list[CallbackEvent]:
        """The success, cancel and error callbacks that were run, or visited, in order."""
        return [event for event in self.events if event.fired]

    def wiring(self, page: Page) -> list[ScriptWiring]:
        """What the scripts of `page`'s own document name as callbacks and hooks, as of now."""
        return parsed_wiring(page.evaluate(_WIRING))

    def wait_for(
        self,
        page: Page,
        what: Kind | Callable[[CallbackEvent], bool],
        timeout_s: float = 10.0,
        *,
        after: int = 0,
    ) -> CallbackEvent:
        """The first event that is `what`, as soon as it is there.

        `what` is a kind, meaning its call, or a predicate. Events up to the sequence number
        `after` do not count.

        Raises:
            NeverHappened: it did not come within `timeout_s` seconds.
        """

        def awaited(event: CallbackEvent) -> bool:
            if event.sequence <= after:
                return False
            if callable(what):
                return what(event)
            return event.kind == what and event.phase == "called"

        def begin(happened: asyncio.Future[None]) -> None:
            self._awaited[happened] = awaited
            happened.add_done_callback(self._awaited.pop)

        if not any(map(awaited, self._events)):
            try:
                wait(page, begin, timeout_s)
            except TimeoutError:
                told = ", ".join(str(event) for event in self._events) or "nothing"
                wanted = "What was waited for" if callable(what) else f"A call of {what}"
                raise NeverHappened(
                    f"{wanted} did not come within {timeout_s:g} s on {page.url}. "
                    f"Recorded so far: {told}."
                ) from None
        return next(event for event in self.events if awaited(event))

    def quiet(self, page: Page, timeout_s: float = 10.0) -> None:
        """Return when `page` has nothing left to do, in any frame.

        What has not been recorded then did not happen: nothing is under way that could still
        make it happen, but a person, a long timer or a message from a socket.

        Raises:
            NeverQuiet: it still had after `timeout_s` seconds; `pending` says what.
            EvidenceLost: a page counted an event that never arrived.
        """
        for report in self._rest.wait(page, timeout_s):
            self._compare(report)
        self.events  # noqa: B018  # raises what was found

    def _told(self, source: object, what: str, told: str) -> None:  # noqa: ARG002  # Playwright's
        content = json.loads(told)
        if what == "events":
            for event in content:
                self._receive(event)
        else:
            self._rest.answered(*content)

    def _receive(self, event: dict[str, Any]) -> None:
        document, number = event["document"], event["number"]
        expected = self._numbers.get(document, 0) + 1
        if number != expected:
            self._lost.append(f"{event['url']}: event {number} after {expected - 1}")
        self._numbers[document] = number
        self._add(parsed(event, len(self._events) + 1))

    def _add(self, event: CallbackEvent) -> None:
        self._events.append(event)
        self._addresses.learn(event)
        for happened, awaited in self._awaited.items():
            if not happened.done() and awaited(event):
                happened.set_result(None)

    def _sent(self, request: Request) -> None:
        if sends_the_tab(request):
            visit = self._addresses.visited(request.url, len(self._events) + 1)
            if visit is not None:
                self._add(visit)

    def _compare(self, report: Report) -> None:
        arrived = self._numbers.get(report["document"], 0)
        if report["emitted"] != arrived:
            self._lost.append(
                f"{report['document']}: {report['emitted']} events, {arrived} arrived"
            )
