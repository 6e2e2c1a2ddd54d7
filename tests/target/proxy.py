"""A reverse proxy as a company may have one in front of its Ottu: `python proxy.py UPSTREAM`.

It passes the Host on, knows no WebSockets, and answers 404 for everything below /_sandbox/. Its
first line on standard output is its own address.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
# They describe one connection, not the message (RFC 9110, 7.6.1), or the body as it was sent.
NOT_PASSED_ON = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-length",
    "date",
    "server",
}


def application(upstream: str) -> Starlette:
    """The proxy in front of `upstream`."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(base_url=upstream, timeout=60, trust_env=False) as client:
            app.state.client = client
            yield

    async def forward(request: Request) -> Response:
        if request.url.path.startswith("/_sandbox"):
            return Response("not here", 404)
        answer = await request.app.state.client.request(
            request.method,
            request.url.path,
            params=request.url.query.encode() or None,
            headers=[(k, v) for k, v in request.headers.raw if k.decode() not in NOT_PASSED_ON],
            content=await request.body(),
        )
        headers = {k: v for k, v in answer.headers.items() if k not in NOT_PASSED_ON}
        return Response(answer.content, answer.status_code, headers)

    return Starlette(routes=[Route("/{path:path}", forward, methods=VERBS)], lifespan=lifespan)


if __name__ == "__main__":
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)  # noqa: T201
    config = uvicorn.Config(application(sys.argv[1]), log_level="warning")
    uvicorn.Server(config).run(sockets=[listening])
