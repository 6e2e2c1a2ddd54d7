"""Waiting until a page has nothing left to do: how "it never fired" is shown."""

from __future__ import annotations

import time
from typing import TypedDict

from playwright.sync_api import BrowserContext, Frame, Page, Request
from playwright.sync_api import Error as PlaywrightError

from harness.callbacks.navigation import frame_of
from harness.callbacks.waiting import ask
from harness.errors import ConfigurationError, NeverQuiet

_ABSENT = "the recorder is not in this document"
_AT_REST = (
    "question => { if (!window.__checkout) throw new Error('" + _ABSENT + "');"
    " return window.__checkout.atRest(question); }"
)
_GRACE_S = 0.5


class Report(TypedDict):
    """What a document says of itself: see `rest.js`."""

    quiet: bool
    pending: list[str]
    activity: int
    emitted: int
    document: str


class Rest:
    """Asks the documents of a page whether they are at rest."""

    def __init__(self) -> None:
        self._question = 0
        self._answers: dict[int, Report] = {}
        self._navigating: dict[Request, Frame] = {}

    def install(self, context: BrowserContext) -> None:
        """Watch `context`; to be called before it opens a page."""
        context.on("request", self._set_out)
        context.on("requestfailed", self._failed)
        context.on("page", lambda page: page.on("framenavigated", self._arrived))

    def wait(self, page: Page, timeout_s: float) -> list[Report]:
        """What every frame of `page` reports once none has anything under way.

        All frames have to be at rest twice in a row, with nothing having happened in between:
        a message from one frame may start work in another that was asked before. Where there is
        no other frame, being asked once is enough: the document itself looks twice.

        Raises:
            NeverQuiet: something was still under way after `timeout_s` seconds.
            ConfigurationError: the page was opened before the recorder was installed.
        """
        deadline = time.monotonic() + timeout_s
        before: dict[str, int] | None = None
        while True:
            reports = self._round(page, deadline, timeout_s)
            if reports is None:
                before = None
                continue
            if len(reports) == 1:
                return reports
            now = {report["document"]: report["activity"] for report in reports}
            if now == before:
                return reports
            before = now

    def _round(self, page: Page, deadline: float, timeout_s: float) -> list[Report] | None:
        """A report of each frame; None when a frame went away meanwhile."""
        reports = []
        for frame in page.frames:
            report = self._ask(page, frame, max(0.0, deadline - time.monotonic()))
            if report is None:
                if time.monotonic() > deadline:
                    raise _busy(page, timeout_s, self._on_the_way(page))
                return None
            if not report["quiet"]:
                raise _busy(page, timeout_s, report["pending"])
            reports.append(report)
        return reports

    def _ask(self, page: Page, frame: Frame, remaining_s: float) -> Report | None:
        self._question += 1
        question = self._question
        try:
            ask(frame, _AT_REST, [question, remaining_s * 1000], remaining_s + _GRACE_S)
        except TimeoutError:
            return None
        except PlaywrightError as error:
            if _ABSENT in error.message:
                raise ConfigurationError(
                    f"{frame.url} was opened before the recorder was installed. Install it on "
                    "the browser context before the context's first page goes anywhere."
                ) from None
            # The frame was taken away while it was asked. A closed page does not come back.
            if page.is_closed():
                raise
            return None
        return self._answers.pop(question, None)

    def _on_the_way(self, page: Page) -> list[str]:
        urls = [request.url for request, frame in self._navigating.items() if frame.page == page]
        return [f"a navigation to {url}" for url in urls] or ["a frame that does not answer"]

    def answered(self, question: int, report: Report) -> None:
        """A document says what it has under way."""
        self._answers[question] = report

    def _set_out(self, request: Request) -> None:
        frame = frame_of(request) if request.is_navigation_request() else None
        if frame is not None:
            self._navigating[request] = frame

    def _failed(self, request: Request) -> None:
        self._navigating.pop(request, None)

    def _arrived(self, frame: Frame) -> None:
        # It brings all requests of its frame to an end, those that were redirected included.
        for request in [sent for sent, of in self._navigating.items() if of == frame]:
            del self._navigating[request]


def _busy(page: Page, timeout_s: float, pending: list[str]) -> NeverQuiet:
    return NeverQuiet(
        f"{page.url} was still waiting after {timeout_s:g} s for: {'; '.join(pending)}.", pending
    )
