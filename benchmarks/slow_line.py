"""A line to the sandbox on which every answer takes its time."""

from __future__ import annotations

import asyncio
import random
import threading
from types import TracebackType
from typing import Self

_CHUNK = 1 << 16


class SlowLine:
    """Passes bytes on to a server; what the server sends waits 0 to `at_most_s` seconds first.

    The sandbox builds every address from the Host it was asked for, so a client of this line
    stays on it. Runs in a thread of its own; `port` is where it listens.
    """

    def __init__(self, host: str, port: int, at_most_s: float, seed: int) -> None:
        self._upstream = (host, port)
        self._at_most_s = at_most_s
        self._random = random.Random(seed)  # noqa: S311 -- a delay is no secret
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0
        self.answers = 0

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _listen(self) -> None:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._upstream)
        except OSError:
            writer.close()
            return
        await asyncio.gather(
            self._pass_on(reader, far_writer, slowly=False),
            self._pass_on(far_reader, writer, slowly=True),
        )

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slowly: bool
    ) -> None:
        try:
            while chunk := await reader.read(_CHUNK):
                if slowly:
                    self.answers += 1
                    await asyncio.sleep(self._random.uniform(0, self._at_most_s))
                writer.write(chunk)
                await writer.drain()
        except ConnectionError:
            return  # one side hung up, as browsers do
        finally:
            writer.close()
