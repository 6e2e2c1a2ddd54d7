"""Waiting for the browser with a deadline, at the price of a message and no more.

The one place that uses what Playwright does not make public: it has no other way to give a call
up, and none to wait for what Python itself is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Page

_ENDS = ("close", "crash")


def ask(frame: Frame, question: str, argument: object, timeout_s: float) -> Any:  # noqa: ANN401
    """What the function `question` gives, or promises, for `argument` in the document of `frame`.

    Playwright's `evaluate` waits for ever, and a document that is being left may never answer.
    Its `wait_for_function` has a deadline, but first puts the whole of Playwright's own script
    into the document's world, 22 ms of processor time for each document (docs/performance.md).
    So this is `evaluate`, given up in time.

    Raises:
        TimeoutError: no answer came within `timeout_s` seconds.
        playwright.sync_api.Error: the document was left, or the page closed, meanwhile.
    """

    async def in_time() -> Any:  # noqa: ANN401
        async with asyncio.timeout(timeout_s):
            return await frame._impl_obj.evaluate(question, argument)  # noqa: SLF001

    return frame._sync(in_time())  # noqa: SLF001


def wait(page: Page, begin: Callable[[asyncio.Future[None]], None], timeout_s: float) -> None:
    """Let Playwright work until the future that `begin` is given has a result.

    For what Python is told by a binding or an event: there is nothing to ask the page then.

    Raises:
        TimeoutError: it had none within `timeout_s` seconds.
        playwright.sync_api.Error: the page closed or crashed, and will tell nothing more.
    """

    async def in_time() -> None:
        happened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def over(_: object) -> None:
            if not happened.done():
                # In Playwright's own words, by which a run knows a browser that is gone.
                problem = f"The page crashed or has been closed while it was at {page.url}"
                happened.set_exception(PlaywrightError(problem))

        for event in _ENDS:
            page._impl_obj.on(event, over)  # noqa: SLF001
        try:
            if page.is_closed():
                over(page)
            begin(happened)
            async with asyncio.timeout(timeout_s):
                await happened
        finally:
            for event in _ENDS:
                page._impl_obj.remove_listener(event, over)  # noqa: SLF001

    page._sync(in_time())  # noqa: SLF001
