"""What every exchange has in common: slashes, CORS, request ids, the journal, faults.

Paths are matched without a trailing slash, since real clients write both and follow no
redirect.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from harness.sandbox.errors import ApiProblem
from harness.sandbox.tenants import Tenant, Tenants

from . import faulty, requests
from .answers import JSON
from .routing import Missing, Routes, Sockets, WrongMethod

_CORS: Final = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE, OPTIONS"),
    (b"access-control-allow-headers", b"authorization, content-type, accept-language"),
    (b"access-control-max-age", b"7200"),
]
_BROWSER_PATHS: Final = ("/b/checkout/api/sdk/", "/checkout/v3/")
_HUMAN_PATHS: Final = (
    "/gateway/",
    "/acs/",
    "/s/",
    "/b/checkout/redirect/",
    "/b/checkout/page/",
    "/b/checkout/summary/",
)
_LOG: Final = logging.getLogger("harness.sandbox")

Problem = Callable[[str, int], Response]


class Edge:
    """The ASGI application of a sandbox with these tenants."""

    def __init__(
        self, routes: Routes, sockets: Sockets, tenants: Tenants, problem_page: Problem
    ) -> None:
        self._routes = routes
        self._sockets = sockets
        self._tenants = tenants
        self._problem_page = problem_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await self._live(receive, send)
            return
        scope["tenants"] = self._tenants
        path: str = scope["path"]
        if len(path) > 1 and path[-1] == "/":
            scope["path"] = path.rstrip("/") or "/"
        if kind != "http":
            await self._listen(scope, receive, send)
            return
        browser = path.startswith(_BROWSER_PATHS)
        if browser and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = secrets.token_hex(8)
        headers = [(b"x-request-id", request_id.encode())]
        if browser:
            headers += _CORS
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        try:
            await self._exchange(scope, receive, answer, send)
        finally:
            tenant: Tenant | None = scope.get("tenant")
            if tenant is not None:
                tenant.journal.append(
                    (
                        tenant.clock.now(),
                        request_id,
                        scope["method"],
                        path,
                        status,
                        time.perf_counter() - started,
                        scope.get("path_params", {}).get("session_id"),
                    )
                )

    async def _live(self, receive: Receive, send: Send) -> None:
        """Get ready before the first request, and clear up after the last."""
        background = self._tenants.background
        await receive()
        background.warm_up()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await background.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a WebSocket to who listens at its path."""
        socket = WebSocket(scope, receive, send)
        try:
            listener, scope["path_params"] = self._sockets.find(scope["path"])
        except Missing:
            await socket.close(4404)
            return
        await listener(socket)

    async def _exchange(self, scope: Scope, receive: Receive, answer: Send, send: Send) -> None:
        for fault in self._faults(scope):
            if not await faulty.happens(fault, scope, receive, answer, send):
                return
        response = await self._answer(Request(scope, receive))
        spoiled: Send = scope.pop("spoiled", answer)
        await response(scope, receive, spoiled)

    def _faults(self, scope: Scope) -> list[Any]:
        """What goes wrong with this request; nothing ever does at the sandbox's own controls."""
        if not self._tenants.any_faults() or scope["path"].startswith("/_sandbox"):
            return []
        tenant = requests.concerned(self._tenants, scope)
        if tenant is None or not tenant.faults:
            return []
        scope["tenant"] = tenant
        return tenant.faults.of_exchange(scope["method"], scope["path"])

    async def _answer(self, request: Request) -> Response:
        try:
            handler: Callable[[Request], Awaitable[Response]] = self._routes.find(request.scope)
            return await handler(request)
        except ApiProblem as problem:
            return self._refused(request, problem)
        except Missing:
            return self._refused(request, ApiProblem({"detail": "Not found."}), 404)
        except WrongMethod:
            detail = f'Method "{request.method}" not allowed.'
            return self._refused(request, ApiProblem({"detail": detail}), 405)
        except Exception:  # noqa: BLE001 -- it is logged whole, and the server keeps serving
            _LOG.exception("%s %s failed", request.method, request.scope["path"])
            return JSON({"detail": "A server error occurred."}, 500)

    def _refused(
        self, request: Request, problem: ApiProblem, status: int | None = None
    ) -> Response:
        """An API problem as JSON, or as a page where a customer is looking."""
        status = problem.status if status is None else status
        if request.scope["path"].startswith(_HUMAN_PATHS):
            return self._problem_page(str(problem.body.get("detail", "")), status)
        return JSON(problem.body, status, problem.headers)


_PREFLIGHT: Final = {name.decode(): value.decode() for name, value in _CORS}
