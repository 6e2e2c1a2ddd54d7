"""Which requests send a customer's tab somewhere."""

from __future__ import annotations

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Request


def is_of_the_tab(request: Request) -> bool:
    """Whether the tab's own document asks, not a frame in it."""
    try:
        return request.frame.parent_frame is None
    except PlaywrightError:
        return True  # the first request of a new tab is made before Playwright knows its frame


def sends_the_tab(request: Request) -> bool:
    """Whether the tab is sent to the request's address."""
    return request.is_navigation_request() and is_of_the_tab(request)
