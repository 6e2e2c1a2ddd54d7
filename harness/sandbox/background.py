"""Work that outlives the request that caused it, and the HTTP client that does it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import httpx


class Background:
    """Tasks of the process, kept alive until done, and one client for outgoing calls."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._client: httpx.AsyncClient | None = None

    @property
    def client(self) -> httpx.AsyncClient:
        """The client for webhooks; the environment's proxies never apply to it."""
        if self._client is None:
            self._client = httpx.AsyncClient(trust_env=False, follow_redirects=False)
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
