"""A project to run, and a target that answers as little as it may."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.runs.project import Project, environment


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"capabilities": ["clock"], "gateways": []}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name there
        """Say nothing."""


@pytest.fixture(scope="session")
def target() -> Iterator[dict[str, str]]:
    """The environment that names a target which can turn its clock, and nothing else."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    yield {
        "OTTU_BASE_URL": address,
        "OTTU_API_KEY": "prv_made_up_for_tests_1",
        "OTTU_PUBLIC_KEY": "pub_made_up_for_tests_1",
        "OTTU_SDK_URL": f"{address}/checkout.min.js",
    }
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def project(tmp_path: Path, target: dict[str, str]) -> Project:
    """A project whose scenarios meet the little target: no sandbox has to start."""
    return Project(tmp_path, environment(**target))


@pytest.fixture
def sandboxed(tmp_path: Path) -> Project:
    """A project whose scenarios meet the embedded sandbox."""
    return Project(tmp_path, environment())
