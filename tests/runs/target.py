"""A target that answers as little as it may, and that can be told to go away."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._say({"capabilities": ["clock"], "gateways": []})
        if self.path == "/go-away":
            threading.Thread(target=self.server.shutdown).start()

    def do_POST(self) -> None:
        self._say({"payment_methods": [], "customer_payment_methods": []})

    def _say(self, content: dict[str, list[str]]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name there
        """Say nothing."""


@contextmanager
def little_target() -> Iterator[dict[str, str]]:
    """The environment that names a target which can turn its clock, and nothing else."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:

        def serve() -> None:
            server.serve_forever(0.02)
            server.socket.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        yield {
            "OTTU_BASE_URL": address,
            "OTTU_API_KEY": "prv_made_up_for_tests_1",
            "OTTU_PUBLIC_KEY": "pub_made_up_for_tests_1",
            "OTTU_SDK_URL": f"{address}/checkout.min.js",
        }
        server.shutdown()
        thread.join()
