"""A merchant's backend that only takes webhooks."""

from __future__ import annotations

import json
import queue
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

_WITHIN_S = 5.0


class Receiver:
    """Receives on a port of its own; ``status`` is what it answers, once ``answering`` is set.

    One that `closes_kept_connections` keeps each until it is used again, and answers with its end.
    """

    def __init__(self, *, closes_kept_connections: bool = False) -> None:
        self.status = 200
        self.answering = threading.Event()
        self.answering.set()
        self.heard: queue.Queue[dict[str, Any]] = queue.Queue()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle(self) -> None:
                if not closes_kept_connections:
                    super().handle()
                    return
                self.handle_one_request()
                # Until there is a second request, or nobody who could send one.
                self.connection.recv(1, socket.MSG_PEEK)

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                receiver.heard.put(json.loads(self.rfile.read(length)))
                receiver.answering.wait(_WITHIN_S)
                with suppress(ConnectionError):  # who sent it may have stopped waiting
                    self.send_response(receiver.status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/webhook"

    def next(self) -> dict[str, Any]:
        """The next webhook; fails when none comes."""
        try:
            return self.heard.get(timeout=_WITHIN_S)
        except queue.Empty:
            raise AssertionError(f"no webhook came within {_WITHIN_S:g} s") from None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.answering.set()
        self._server.shutdown()
        self._thread.join(_WITHIN_S)
        self._server.server_close()
