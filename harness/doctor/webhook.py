"""Whether the target's webhooks can reach this machine."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Final

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from harness.api.transport import RetryingReads
from harness.dealings import UNHEARD
from harness.doctor.finding import Finding, fine, noteworthy, trouble
from harness.doctor.patient import Patient
from harness.merchant.server import BackgroundServer

_TIMEOUT_S: Final = 10.0


def webhook(patient: Patient) -> Iterator[Finding]:
    """Call the public address, and see whether the call arrives at the port it is to lead to."""
    url, port = patient.conduct.webhook_url, patient.conduct.webhook_port
    if url is None or port is None:
        if patient.ottu.is_local:
            yield fine("webhooks", "the target is on this machine and reaches it as it is")
        else:
            yield noteworthy("webhooks", f"this witness will be left out: {UNHEARD}")
        return
    word = secrets.token_hex(8)

    async def answer(_request: Request) -> Response:
        return PlainTextResponse(word)

    path = f"/{secrets.token_hex(8)}"
    app = Starlette(routes=[Route(path, answer, methods=["POST"])])
    with BackgroundServer(app, "127.0.0.1", port):
        yield _called(url, path, word, port)


def _called(url: str, path: str, word: str, port: int) -> Finding:
    remedy = (
        f"Let what --webhook-url names (a tunnel, a reverse proxy) lead to port {port} of this "
        "machine, and pass every path on."
    )
    try:
        with httpx.Client(transport=RetryingReads(url, 0), timeout=_TIMEOUT_S) as client:
            said = client.post(f"{url}{path}")
    except httpx.TransportError as error:
        reason = type(error).__name__
        return trouble("webhooks", f"Nobody answers at {url} ({reason}).", remedy, 3)
    if said.text != word:
        sentence = f"{url} leads somewhere else: {said.status_code} was answered there."
        return trouble("webhooks", sentence, remedy, 2)
    return fine("webhooks", f"{url} leads to port {port} of this machine")
