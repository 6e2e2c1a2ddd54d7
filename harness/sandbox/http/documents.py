"""Short links, QR codes and attachments: what a customer opens beside the checkout."""

from __future__ import annotations

import io
import mimetypes
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from harness.sandbox.errors import NotFound
from harness.sandbox.notifications import checkout_url

from . import requests
from .routing import Route

_MODULE_PX: Final = 6


async def short_link(request: Request) -> Response:
    """GET /s/{code}: on to what the code stands for."""
    path = requests.tenants(request).links.target(request.path_params["code"])
    if path is None:
        raise NotFound
    return RedirectResponse(requests.origin(request) + path, 302)


async def qr_code(request: Request) -> Response:
    """GET /b/checkout/qr/{session_id}.png: the payment link as a picture to scan."""
    import segno  # noqa: PLC0415 -- starting should not wait for what few ask for

    session_id = request.path_params["session_id"]
    requests.owner(request, session_id)
    picture = io.BytesIO()
    link = checkout_url(requests.origin(request), session_id)
    segno.make_qr(link, error="m").save(picture, kind="png", scale=_MODULE_PX, border=4)
    return Response(picture.getvalue(), media_type="image/png")


async def attachment(request: Request) -> Response:
    """GET /b/checkout/attachments/{tenant_id}/{code}/{name}: the file, always as a download."""
    tenant = requests.tenants(request).by_id(request.path_params["tenant_id"])
    found = None if tenant is None else tenant.files.find(request.path_params["code"])
    if found is None or found.name != request.path_params["name"]:
        raise NotFound
    headers = {
        "Content-Disposition": f'attachment; filename="{found.name}"',
        "X-Content-Type-Options": "nosniff",
    }
    kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    return Response(found.content, media_type=kind, headers=headers)


ROUTES = [
    Route("/s/{code}", short_link, methods=["GET"]),
    Route("/b/checkout/qr/{session_id}.png", qr_code, methods=["GET"]),
    Route("/b/checkout/attachments/{tenant_id}/{code}/{name}", attachment, methods=["GET"]),
]
