"""Serving the sandbox: a socket of its own, a ready line, a clean end on SIGTERM."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import sys
from pathlib import Path
from typing import Any, TextIO, cast

import uvicorn

from .app import build
from .defects import Defect
from .mids import BUILT_IN, Mid

#: Longer than clients keep a connection (httpx 5 s): who closes first while the other writes makes
#: a request fail that nobody may repeat.
_KEPT_ALIVE_S = 75

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- compared with, never bound to


class PortInUse(Exception):
    """Somebody else listens on that address."""


class _Server(uvicorn.Server):
    """uvicorn that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: str, out: TextIO) -> None:
        super().__init__(config)
        self._ready, self._out = ready, out

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self._ready, file=self._out, flush=True)


class UnknownDefect(Exception):
    """No defect has that id."""


def _defects(ids: list[str]) -> tuple[type[Defect], ...]:
    if not ids:
        return ()
    from .defects import catalogue  # noqa: PLC0415 -- many modules; a start without needs none

    try:
        return catalogue.find(ids)
    except catalogue.UnknownDefect as unknown:
        raise UnknownDefect(unknown.args[0]) from None


def _with(file: Path) -> tuple[Mid, ...]:
    from .mids_file import read  # noqa: PLC0415 -- a parser that most starts do not need

    return (*BUILT_IN, *read(file))


def _sockets(*arguments: Any, **named: Any) -> asyncio.Protocol:
    """The WebSocket protocol, imported by the first challenge that needs it."""
    from uvicorn.protocols.websockets.websockets_sansio_impl import (  # noqa: PLC0415 -- see above
        WebSocketsSansIOProtocol,
    )

    return WebSocketsSansIOProtocol(*arguments, **named)


def serve(
    host: str,
    port: int,
    defect_ids: list[str],
    *,
    mids_file: Path | None = None,
    inquiry_throttle: bool = False,
    out: TextIO = sys.stdout,
) -> None:
    """Serve until SIGTERM or SIGINT; print one line of JSON when ready.

    ``port`` 0 takes a free one. Raises PortInUse, UnknownDefect, WrongMids.
    """
    mids = _with(mids_file) if mids_file else BUILT_IN
    app, tenant = build(_defects(defect_ids), mids, inquiry_throttle=inquiry_throttle)
    gc.freeze()  # the program itself is never garbage
    gc.enable()
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortInUse(f"{host}:{port}: {error.strerror}") from None
    port = listener.getsockname()[1]
    shown = "127.0.0.1" if host in _EVERYWHERE else host
    url = f"http://{shown}:{port}"
    ready: dict[str, Any] = {
        "url": url,
        "merchant_id": f"{shown}:{port}",
        "api_key": tenant.api_key,
        "public_key": tenant.public_key,
        "hmac_key": tenant.hmac_key,
        "sdk_url": f"{url}/checkout/v3/checkout.min.js",
    }
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="on",
        timeout_keep_alive=_KEPT_ALIVE_S,
        timeout_graceful_shutdown=1,
        ws=cast("Any", _sockets),
    )
    _Server(config, json.dumps(ready), out).run(sockets=[listener])
