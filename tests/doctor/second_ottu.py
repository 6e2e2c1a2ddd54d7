"""A second sandbox, as a live Ottu is to the harness: another process, behind a proxy or bare.

The proxy can change what passes through it: how a live Ottu comes to differ from the sandbox.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

ROOT = Path(__file__).parents[2]
SCRIPT = "/checkout/v3/checkout.min.js"

_VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
# They describe one connection, not the message (RFC 9110, 7.6.1), or the body as it was sent.
_NOT_PASSED_ON = {"connection", "keep-alive", "transfer-encoding", "content-length", "server"}


@dataclass
class Passing:
    """An answer on its way through the proxy; `headers` and `body` may be changed."""

    method: str
    path: str
    status: int
    headers: dict[str, str]
    body: bytes

    def alter_json(self, change: Callable[[Any], object]) -> None:
        """Let `change` work on the parsed body."""
        said = json.loads(self.body)
        change(said)
        self.body = json.dumps(said).encode()


Alter = Callable[[Passing], None]


@contextmanager
def sandbox(*arguments: str) -> Iterator[dict[str, str]]:
    """A sandbox process; gives the settings that name it."""
    command = [sys.executable, "-m", "harness", "sandbox", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = json.loads(process.stdout.readline())
            yield {
                "OTTU_BASE_URL": said["url"],
                "OTTU_API_KEY": said["api_key"],
                "OTTU_PUBLIC_KEY": said["public_key"],
                "OTTU_HMAC_KEY": said["hmac_key"],
                "OTTU_SDK_URL": said["sdk_url"],
            }
        finally:
            process.terminate()


@contextmanager
def behind_a_proxy(settings: dict[str, str], alter: Alter) -> Iterator[dict[str, str]]:
    """The settings of the same Ottu behind a proxy that lets `alter` see every answer."""
    config = uvicorn.Config(
        _application(settings["OTTU_BASE_URL"], alter),
        port=0,
        log_config=None,
        ws="none",
        date_header=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield settings | {"OTTU_BASE_URL": address, "OTTU_SDK_URL": f"{address}{SCRIPT}"}
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def _application(upstream: str, alter: Alter) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(base_url=upstream, timeout=60, trust_env=False) as client:
            app.state.client = client
            yield

    async def forward(request: Request) -> Response:
        answer = await request.app.state.client.request(
            request.method,
            request.url.path,
            params=request.url.query.encode() or None,
            headers=[(k, v) for k, v in request.headers.raw if k.decode() not in _NOT_PASSED_ON],
            content=await request.body(),
        )
        headers = {k: v for k, v in answer.headers.items() if k not in _NOT_PASSED_ON}
        headers.pop("content-encoding", None)
        passing = Passing(
            request.method, request.url.path, answer.status_code, headers, answer.content
        )
        alter(passing)
        return Response(passing.body, passing.status, passing.headers)

    return Starlette(routes=[Route("/{path:path}", forward, methods=_VERBS)], lifespan=lifespan)


def harness(
    command: Sequence[str], settings: dict[str, str], **environment: str
) -> subprocess.CompletedProcess[str]:
    """One command of the harness, in the project's folder, with these settings and no others."""
    return subprocess.run(
        [sys.executable, "-m", "harness", *command],
        cwd=ROOT,
        env=_unset() | settings | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _unset() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("OTTU_")}
