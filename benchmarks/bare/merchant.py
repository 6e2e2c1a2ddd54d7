"""The merchant of the bare script: a page with the SDK on it, and a page to come back to."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

_PAGES = Path(__file__).parents[1] / "merchant_page"
_KINDS = {".css": "text/css", ".js": "text/javascript"}


@contextmanager
def merchant(ottu: Mapping[str, str]) -> Iterator[str]:
    """Serve the merchant's pages; gives their address. `ottu` are the `OTTU_…` settings."""
    api = httpx.Client(
        base_url=ottu["OTTU_BASE_URL"],
        headers={"Authorization": f"Api-Key {ottu['OTTU_API_KEY']}"},
    )

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            session_id = parse_qs(address.query).get("session_id", [""])[0]
            match address.path:
                case "/checkout":
                    self._send("text/html; charset=utf-8", _checkout(session_id, ottu))
                case "/return":
                    state = api.get(f"/b/checkout/v1/pymt-txn/{session_id}").json()["state"]
                    page = (_PAGES / "return.html").read_text().replace("{STATE}", state)
                    self._send("text/html; charset=utf-8", page)
                case path:
                    file = _PAGES / Path(path).name
                    self._send(_KINDS[file.suffix], file.read_text())

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._send("text/plain", "heard")

        def _send(self, kind: str, text: str) -> None:
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    api.close()


def _checkout(session_id: str, ottu: Mapping[str, str]) -> str:
    config = {
        "merchant_id": ottu["OTTU_MERCHANT_ID"],
        "apiKey": ottu["OTTU_PUBLIC_KEY"],
        "session_id": session_id,
    }
    page = (_PAGES / "checkout.html").read_text()
    return page.replace("{SDK_URL}", ottu["OTTU_SDK_URL"]).replace("{CONFIG}", json.dumps(config))
