"""Who closes an idle connection: none of our servers, while a client may still use it."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from harness.merchant.server import BackgroundServer
from tests.merchant.fake_ottu import FakeOttu

_ROOT = Path(__file__).parents[2]
_CLIENTS_KEEP_IT_S = httpx.Limits().keepalive_expiry or 5.0
_LONGER_S = 0.7


def _answered_once(url: str) -> HTTPConnection:
    """A connection to a server that has answered on it, and keeps it."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=5)
    connection.request("GET", "/nowhere")
    connection.getresponse().read()
    return connection


def test_servers_keep_a_connection_for_longer_than_clients_do() -> None:
    """A server that closes just as a client writes loses a request that nobody may send again."""
    command = [sys.executable, "-m", "harness.sandbox"]
    with (
        BackgroundServer(FakeOttu().app, "127.0.0.1", 0) as shop,
        subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as sandbox,
    ):
        try:
            assert sandbox.stdout is not None
            urls = [shop.url, json.loads(sandbox.stdout.readline())["url"]]
            kept = [_answered_once(url) for url in urls]
            sockets = [connection.sock for connection in kept]
            closed, _, _ = select.select(sockets, [], [], _CLIENTS_KEEP_IT_S + _LONGER_S)
            for connection in kept:
                connection.close()
        finally:
            sandbox.terminate()
    assert closed == []
