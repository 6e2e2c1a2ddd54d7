"""Waiting until a page has nothing left to do: how "it never fired" is shown."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypedDict

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Page

from harness.errors import ConfigurationError, NeverQuiet

_AT_REST = "deadline => window.__checkoutAtRest ? window.__checkoutAtRest(deadline) : null"


class Report(TypedDict):
    """What a document says of itself: see `rest.js`."""

    quiet: bool
    pending: list[str]
    activity: int
    emitted: int
    document: str


def wait_until_quiet(page: Page, timeout_s: float, heard: Callable[[Report], None]) -> None:
    """Return when no frame of `page` has a request, a short timer or a load under way.

    All frames have to be at rest twice in a row, with nothing having happened in between: a
    message from one frame may start work in another that was asked before. `heard` gets every
    report of the final round.

    Raises:
        NeverQuiet: something was still under way after `timeout_s` seconds.
        ConfigurationError: the page was opened before the recorder was installed.
    """
    deadline = time.monotonic() + timeout_s
    before: dict[str, int] | None = None
    while True:
        reports = _round(page, deadline)
        if reports is None:
            before = None
            if time.monotonic() > deadline:
                raise NeverQuiet(
                    f"{page.url} kept navigating for {timeout_s:g} s and never came to rest.",
                    ["navigation"],
                )
            continue
        busy = [what for report in reports if not report["quiet"] for what in report["pending"]]
        if busy:
            raise NeverQuiet(
                f"{page.url} was still waiting after {timeout_s:g} s for: {'; '.join(busy)}.", busy
            )
        now = {report["document"]: report["activity"] for report in reports}
        if now == before:
            for report in reports:
                heard(report)
            return
        before = now


def _round(page: Page, deadline: float) -> list[Report] | None:
    """A report of each frame; None when one went away meanwhile."""
    reports = []
    for frame in page.frames:
        remaining_ms = max(0.0, deadline - time.monotonic()) * 1000
        report = _ask(page, frame, remaining_ms)
        if report is None:
            return None
        reports.append(report)
    return reports


def _ask(page: Page, frame: Frame, deadline_ms: float) -> Report | None:
    try:
        report: Report | None = frame.evaluate(_AT_REST, deadline_ms)
    except PlaywrightError:
        # The document was left while it was asked. A closed page is not coming back.
        if page.is_closed():
            raise
        return None
    if report is None:
        raise ConfigurationError(
            f"{frame.url} was opened before the recorder was installed. Install it on the "
            "browser context before the context's first page goes anywhere."
        )
    return report
