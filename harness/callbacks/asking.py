"""A question to a document, and for how long its answer is waited for."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.sync_api import Frame


def ask(frame: Frame, question: str, argument: object, timeout_s: float) -> Any:  # noqa: ANN401
    """What the function `question` gives, or promises, for `argument` in the document of `frame`.

    Playwright's `evaluate` waits for ever, and a document that is being left may never answer.
    Its `wait_for_function` has a deadline, but first puts the whole of Playwright's own script
    into the document's world, which takes as long as everything else that a paid card's document
    does after it is loaded (docs/performance.md). So this is `evaluate`, given up in time.

    Raises:
        TimeoutError: no answer came within `timeout_s` seconds.
        playwright.sync_api.Error: the document was left, or the page closed, meanwhile.
    """

    async def in_time() -> Any:  # noqa: ANN401
        async with asyncio.timeout(timeout_s):
            # There is no public way to give a call of Playwright up.
            return await frame._impl_obj.evaluate(question, argument)  # noqa: SLF001

    return frame._sync(in_time())  # noqa: SLF001
