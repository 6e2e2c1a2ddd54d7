"""Work that outlives the request that caused it, and the calls it makes to merchants."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    import httpx


WARM_UP_AFTER_S: Final = 0.3


class Undeliverable(Exception):
    """Nobody answers at that address, or it is none."""


class Background:
    """Tasks of the process, kept alive until done, and one client for outgoing calls."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._client: httpx.AsyncClient | None = None

    async def post(self, url: str, payload: dict[str, Any], timeout_s: float) -> int:
        """POST JSON and give the status of the answer.

        Raises TimeoutError when there is none in time, Undeliverable when there will be none.
        The environment's proxies never apply, and redirects are not followed.
        """
        import httpx  # noqa: PLC0415 -- see warm_up

        headers = {"content-type": "application/json"}
        try:
            answer = await self.client().post(
                url, content=orjson.dumps(payload), headers=headers, timeout=timeout_s
            )
        except httpx.TimeoutException:
            raise TimeoutError(url) from None
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Undeliverable(str(error)) from None
        return answer.status_code

    def warm_up(self) -> None:
        """Get ready for the first webhook, a moment after the first requests were answered."""
        loop = asyncio.get_running_loop()
        loop.call_later(WARM_UP_AFTER_S, lambda: self.start(self._make_client()))

    async def _make_client(self) -> None:
        """The client needs a tenth of a second of imports; a thread does not hold up requests."""
        await asyncio.get_running_loop().run_in_executor(None, importlib.import_module, "httpx")
        self.client()

    def client(self) -> httpx.AsyncClient:
        """The client for webhooks; the environment's proxies never apply to it."""
        if self._client is None:
            import httpx  # noqa: PLC0415 -- see warm_up

            # A connection of its own for each webhook: one that was kept may be closed by the
            # merchant just when it is used again, and a webhook that went nowhere is not repeated.
            self._client = httpx.AsyncClient(
                trust_env=False,
                follow_redirects=False,
                limits=httpx.Limits(max_keepalive_connections=0),
            )
        return self._client

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run ``work`` beside the request; a failure in it is the loop's to report."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        """Stop what is still going on."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()
