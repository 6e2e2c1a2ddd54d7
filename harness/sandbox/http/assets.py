"""The SDK script and the gateways' icons."""

from __future__ import annotations

import hashlib
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from harness.sandbox import sdk
from harness.sandbox.defects import in_browser
from harness.sandbox.errors import NotFound
from harness.sandbox.gateways import kinds

from . import requests
from .routing import Route

_DAY: Final = "public, max-age=86400"

_ICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="32" viewBox="0 0 48 32">'
    '<rect width="48" height="32" rx="4" fill="#f2f2f2"/>'
    '<text x="24" y="20" font-family="sans-serif" font-size="9" text-anchor="middle"'
    ' fill="#302f37">{label}</text></svg>'
)


async def script(request: Request) -> Response:
    """GET /checkout/v3/checkout.min.js; with ``tenant``, as that tenant's defects make it."""
    tenant = requests.tenants(request).by_id(request.query_params.get("tenant", ""))
    planted = in_browser(tenant.defects) if tenant else []
    content = sdk.script(sdk.defect_ids().intersection(planted))
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/javascript", headers=headers)


async def icon(request: Request) -> Response:
    """GET /checkout/v3/icons/{pg}.svg."""
    pg = request.path_params["pg"]
    if pg not in kinds():
        raise NotFound
    return Response(
        _ICON.format(label=pg.upper()[:9]),
        media_type="image/svg+xml",
        headers={"Cache-Control": _DAY},
    )


ROUTES = [
    Route("/checkout/v3/checkout.min.js", script, methods=["GET"]),
    Route("/checkout/v3/icons/{pg}.svg", icon, methods=["GET"]),
]
