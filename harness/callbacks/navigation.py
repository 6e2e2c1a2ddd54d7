"""Which requests send a customer's tab somewhere."""

from __future__ import annotations

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Request


def frame_of(request: Request) -> Frame | None:
    """The frame that asks; None for the first of a new tab, made before Playwright knows any."""
    try:
        return request.frame
    except PlaywrightError:
        return None


def is_of_the_tab(request: Request) -> bool:
    """Whether the tab's own document asks, not a frame in it."""
    frame = frame_of(request)
    return frame is None or frame.parent_frame is None


def sends_the_tab(request: Request) -> bool:
    """Whether the tab is sent to the request's address."""
    return request.is_navigation_request() and is_of_the_tab(request)
