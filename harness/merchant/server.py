"""An ASGI app served from a thread of this process, for as long as a `with` block lasts."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from harness.errors import ConfigurationError, InfrastructureError

_START_S = 10.0
_TICK_S = 0.1  # uvicorn's own
_BACKLOG = 128
#: Longer than clients keep a connection (httpx 5 s): who closes first while the other writes makes
#: a request fail that nobody may repeat.
_KEPT_ALIVE_S = 75


class BackgroundServer:
    """Serves `app` on `host` and `port` (0: any free one).

    Raises:
        ConfigurationError: the port cannot be had.
    """

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._socket = _listening(host, port)
        bound_host, bound_port = self._socket.getsockname()[:2]
        self.url = f"http://{bound_host}:{bound_port}"
        config = uvicorn.Config(
            app,
            loop="asyncio",
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            timeout_keep_alive=_KEPT_ALIVE_S,
            timeout_graceful_shutdown=1,
        )
        self._server = _AnnouncingServer(config)
        self._thread = threading.Thread(target=self._serve, name="merchant-site", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._server.ready.wait(_START_S) or not self._server.started:
            self.__exit__(None, None, None)
            raise InfrastructureError(f"The merchant site did not start on {self.url}.")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.leave()
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._server.ready.set()


class _AnnouncingServer(uvicorn.Server):
    """Says when it accepts connections, and hears at once that it is to leave: nobody polls."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._leaving: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop, self._leaving = asyncio.get_running_loop(), asyncio.Event()
        await super().startup(sockets=sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        assert self._leaving is not None  # noqa: S101 -- it has started up
        ticks = 0
        while not await self.on_tick(ticks):  # it keeps the time that answers are dated with
            ticks += 1
            with suppress(TimeoutError):
                async with asyncio.timeout(_TICK_S):
                    await self._leaving.wait()

    def leave(self) -> None:
        """Called from another thread."""
        self.should_exit = True
        if self._loop is not None and self._leaving is not None:
            with suppress(RuntimeError):  # it has left already
                self._loop.call_soon_threadsafe(self._leaving.set)


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=_BACKLOG)
    except OSError as error:
        raise ConfigurationError(
            f"The merchant site cannot listen on {host}:{port} ({error.strerror}). Choose "
            "another port, or 0 for any free one."
        ) from error
