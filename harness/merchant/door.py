"""One public address for the webhooks of all shops of a run, whichever process they are in.

A run has a merchant site in each of its workers, and a tunnel leads to one port. Whoever holds
that port passes on what comes for a site to the site it is for, and nothing but webhooks: the
sites themselves stay on this machine.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harness.merchant.server import BackgroundServer

_TIMEOUT_S: Final = 15.0
_NOT_PASSED_ON: Final = frozenset({"host", "connection", "content-length", "transfer-encoding"})


def announce(folder: Path, site_url: str) -> str:
    """Tell the door of a merchant site; gives the path under which it passes webhooks on to it."""
    name = secrets.token_hex(8)
    draft = folder / f".{name}"
    draft.write_text(site_url, encoding="utf-8")
    draft.rename(folder / name)
    return f"/{name}"


class WebhookDoor:
    """Passes webhooks on from `port` to the sites announced in `folder`, while a block lasts.

    Raises:
        ConfigurationError: the port is taken.
    """

    def __init__(self, folder: Path, port: int, host: str = "127.0.0.1") -> None:
        self._folder = folder
        path = "/{site}/shops/{shop}/webhooks/ottu"
        app = Starlette(routes=[Route(path, self._pass_on, methods=["POST"])])
        self._server = BackgroundServer(app, host, port)

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.__exit__(kind, error, trace)

    async def _pass_on(self, request: Request) -> Response:
        site = self._folder / request.path_params["site"]
        if site.name not in {each.name for each in self._folder.iterdir()}:
            return Response("There is no such shop.", 404)
        path = f"/shops/{request.path_params['shop']}/webhooks/ottu"
        headers = {k: v for k, v in request.headers.items() if k not in _NOT_PASSED_ON}
        async with httpx.AsyncClient(timeout=_TIMEOUT_S, trust_env=False) as client:
            try:
                answer = await client.post(
                    site.read_text(encoding="utf-8") + path,
                    content=await request.body(),
                    headers=headers,
                )
            except httpx.TransportError:
                return Response("The shop has closed.", 502)
        # What the shop answers decides where Ottu sends the payer, so it goes back as it is.
        return Response(answer.content, answer.status_code)
