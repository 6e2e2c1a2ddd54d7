"""A reverse proxy as a company may have one in front of its Ottu: `python proxy.py UPSTREAM`.

It passes the Host on, knows no WebSockets, and answers 404 for everything below /_sandbox/. Its
first line on standard output is its own address. On request it is slow, turns away who asks too
often, or dies under way; what the merchant API was asked and answered goes to a file.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
MERCHANT_API = ("/b/checkout/v1/", "/b/pbl/")
CREATE = ("POST", "/b/checkout/v1/pymt-txn/")
WINDOW_S = 1.0
# They describe one connection, not the message (RFC 9110, 7.6.1), or the body as it was sent.
NOT_PASSED_ON = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-length",
    "date",
    "server",
}


class Proxy:
    """What stands in front of `upstream`."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._asked = asked
        self._random = random.Random(7)  # noqa: S311 -- a delay is no secret
        self._recent: deque[float] = deque()
        self._created = 0
        self._turned_away_until = 0.0
        route = Route("/{path:path}", self._forward, methods=VERBS)
        self.app: Starlette = Starlette(routes=[route], lifespan=self._live)

    @asynccontextmanager
    async def _live(self, app: Starlette) -> AsyncIterator[None]:
        upstream = self._asked.upstream
        async with httpx.AsyncClient(base_url=upstream, timeout=60, trust_env=False) as client:
            app.state.client = client
            yield

    async def _forward(self, request: Request) -> Response:
        path = request.url.path
        if path.startswith("/_sandbox"):
            return Response("not here", 404)
        if self._asked.dies_after and self._created >= self._asked.dies_after:
            os._exit(1)
        answer = self._too_many(path) or await self._passed_on(request)
        if path.startswith(MERCHANT_API):
            self._note(request, answer)
        return answer

    def _too_many(self, path: str) -> Response | None:
        """429 where the merchant API was asked too often within a second."""
        limit = self._asked.per_second
        if not limit or not path.startswith(MERCHANT_API):
            return None
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - WINDOW_S:
            self._recent.popleft()
        if len(self._recent) >= limit:
            self._turned_away_until = now + self._asked.rest
        if now < self._turned_away_until:
            return Response(
                '{"detail": "Too many requests."}', 429, {"Retry-After": str(self._asked.rest)}
            )
        self._recent.append(now)
        return None

    async def _passed_on(self, request: Request) -> Response:
        answer = await request.app.state.client.request(
            request.method,
            request.url.path,
            params=request.url.query.encode() or None,
            headers=[(k, v) for k, v in request.headers.raw if k.decode() not in NOT_PASSED_ON],
            content=await request.body(),
        )
        await asyncio.sleep(self._random.uniform(0, self._asked.latency))
        headers = {k: v for k, v in answer.headers.items() if k not in NOT_PASSED_ON}
        if (request.method, request.url.path) == CREATE and answer.is_success:
            self._created += 1
        return Response(answer.content, answer.status_code, headers)

    def _note(self, request: Request, answer: Response) -> None:
        if self._asked.log is not None:
            said = {
                "at": time.monotonic(),
                "method": request.method,
                "path": request.url.path,
                "status": answer.status_code,
            }
            with self._asked.log.open("a") as file:
                file.write(json.dumps(said) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("upstream")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="at most, seconds an answer")
    parser.add_argument("--per-second", type=int, default=0, help="requests of the merchant API")
    parser.add_argument("--rest", type=int, default=1, help="seconds, for who asked too often")
    parser.add_argument("--dies-after", type=int, default=0, help="sessions it has let through")
    parser.add_argument("--log", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    arguments = _arguments()
    listening = socket.create_server(("127.0.0.1", arguments.port))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)  # noqa: T201
    config = uvicorn.Config(Proxy(arguments).app, log_level="warning")
    uvicorn.Server(config).run(sockets=[listening])
