"""The sandbox as one ASGI application."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final, cast

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .background import Background
from .defects import Defect
from .errors import ApiProblem
from .http import api, assets, control, customer_pages, sdk_api
from .references import session_id as random_id
from .tenants import Tenant, Tenants

_CORS: Final = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE, OPTIONS"),
    (b"access-control-allow-headers", b"authorization, content-type, accept-language"),
    (b"access-control-max-age", b"7200"),
]
_BROWSER_PATHS: Final = ("/b/checkout/api/sdk/", "/checkout/v3/")
_HUMAN_PATHS: Final = ("/gateway/", "/acs/", "/b/checkout/redirect/", "/b/checkout/page/")


class Edge:
    """What every exchange has in common: slashes, CORS, request ids, the journal.

    Paths are matched without a trailing slash, since real clients write both and follow no
    redirect.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if len(path) > 1 and path.endswith("/"):
            scope["path"] = path.rstrip("/") or "/"
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        browser = path.startswith(_BROWSER_PATHS)
        if browser and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_decoded(_CORS))(scope, receive, send)
            return
        request_id = random_id()[:16]
        started = time.perf_counter()
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                extra = [(b"x-request-id", request_id.encode())]
                message["headers"] = [*message["headers"], *extra, *(_CORS if browser else ())]
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            tenant: Tenant | None = scope.get("tenant")
            if tenant is not None:
                tenant.journal.append(
                    {
                        "at": tenant.clock.now().isoformat(),
                        "request_id": request_id,
                        "method": scope["method"],
                        "path": path,
                        "status": status,
                        "duration_ms": round((time.perf_counter() - started) * 1000, 2),
                        "session_id": scope.get("path_params", {}).get("session_id"),
                    }
                )


def _decoded(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in headers}


async def _refuse(request: Request, problem: Exception) -> Response:
    """An API problem as JSON, or as a page where a customer is looking."""
    problem = cast("ApiProblem", problem)
    if request.url.path.startswith(_HUMAN_PATHS):
        return customer_pages.not_found_page(
            str(problem.body.get("detail", customer_pages.LINK_OVER)), problem.status
        )
    return JSONResponse(problem.body, problem.status)


async def _missing(request: Request, problem: Exception) -> Response:
    return JSONResponse({"detail": "Not found."}, 404)


async def _wrong_method(request: Request, problem: Exception) -> Response:
    return JSONResponse({"detail": f'Method "{request.method}" not allowed.'}, 405)


def build(defects: tuple[type[Defect], ...] = ()) -> tuple[ASGIApp, Tenant]:
    """The application and its first tenant, whose keys the ready line prints."""
    background = Background()
    tenants = Tenants(background, defects)
    first = tenants.open()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await background.close()

    app = Starlette(
        routes=[
            *api.ROUTES,
            *sdk_api.ROUTES,
            *customer_pages.ROUTES,
            *assets.ROUTES,
            *control.ROUTES,
        ],
        exception_handlers={ApiProblem: _refuse, 404: _missing, 405: _wrong_method},
        lifespan=lifespan,
    )
    router: Router = app.router
    router.redirect_slashes = False
    app.state.tenants = tenants
    return Edge(app), first
