"""The sandbox as one ASGI application."""

from __future__ import annotations

from collections.abc import Iterable

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
from .http.routing import Route, Routes, SocketRoute, Sockets
from .mids import BUILT_IN, Mid
from .tenants import Settings, Tenant, Tenants

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
    first.settings = Settings(inquiry_throttle=inquiry_throttle)

    routes = Routes(route for route in _ALL if isinstance(route, Route))
    sockets = Sockets(route for route in _ALL if isinstance(route, SocketRoute))
    return Edge(routes, sockets, tenants, customer_pages.not_found_page), first
