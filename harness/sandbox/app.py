"""The sandbox as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp

from .background import Background
from .defects import Defect
from .http import (
    assets,
    checkout_api,
    control,
    control_page,
    customer_pages,
    documents,
    faults_control,
    notification_api,
    payment_api,
    sdk_api,
    wallet_api,
)
from .http.edge import Edge
from .http.routing import Routes
from .mids import BUILT_IN, Mid
from .tenants import Tenant, Tenants

_ALL = (
    *checkout_api.ROUTES,
    *payment_api.ROUTES,
    *wallet_api.ROUTES,
    *notification_api.ROUTES,
    *documents.ROUTES,
    *sdk_api.ROUTES,
    *customer_pages.ROUTES,
    *assets.ROUTES,
    *control.ROUTES,
    *faults_control.ROUTES,
    *control_page.ROUTES,
)


def build(
    defects: tuple[type[Defect], ...] = (),
    mids: Iterable[Mid] = BUILT_IN,
    *,
    inquiry_throttle: bool = False,
) -> tuple[ASGIApp, Tenant]:
    """The application and its first tenant, whose keys the ready line prints.

    ``mids`` and ``defects`` are those of every tenant; the throttle only of the first.
    """
    background = Background()
    tenants = Tenants(background, defects, mids)
    first = tenants.open()
    first.inquiry_throttle = inquiry_throttle

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        background.warm_up()
        yield
        await background.close()

    sockets = Starlette(
        routes=[route for route in _ALL if isinstance(route, WebSocketRoute)], lifespan=lifespan
    )
    sockets.state.tenants = tenants
    routes = Routes(route for route in _ALL if isinstance(route, Route))
    return Edge(routes, tenants, sockets, customer_pages.not_found_page), first
