"""Which connections are tried again, and which way they go."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from harness.api import transport


class Counting(httpx.BaseTransport):
    """Stands in for httpx's own transport; counts what it is asked to send."""

    def __init__(self, verify: object, *, proxy: str | None = None, retries: int = 0) -> None:
        self.verify = verify
        self.proxy = proxy
        self.retries = retries
        self.sent: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request.method)
        return httpx.Response(200)


def test_only_a_get_may_connect_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads go by a transport that retries connecting; everything else by one that does not."""
    made: list[Counting] = []

    def transport_made(verify: object, **options: Any) -> Counting:  # noqa: ANN401
        made.append(Counting(verify, **options))
        return made[-1]

    monkeypatch.setattr(httpx, "HTTPTransport", transport_made)
    reads = transport.RetryingReads("http://127.0.0.1", retries=2)

    for method in ("GET", "POST", "PATCH", "DELETE"):
        reads.handle_request(httpx.Request(method, "http://127.0.0.1/"))

    assert {each.retries: each.sent for each in made} == {
        0: ["POST", "PATCH", "DELETE"],
        2: ["GET"],
    }


def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A live target may be behind a proxy; the embedded one never is."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example")

    assert transport.proxy_for("https://sandbox.ottu.net") == "http://proxy.example:3128"
    assert transport.proxy_for("https://inside.example") is None
    assert transport.proxy_for("http://127.0.0.1:8000") is None
