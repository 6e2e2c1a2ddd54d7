"""The HTTP connection to a target: which requests may be tried twice, and by which way."""

from __future__ import annotations

import functools
import ssl
import urllib.request
from urllib.parse import urlsplit

import httpx

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def proxy_for(url: str) -> str | None:
    """The proxy the environment names for `url` (HTTPS_PROXY, NO_PROXY …), None for loopback."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in LOOPBACK or urllib.request.proxy_bypass(host):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


@functools.cache
def trusted() -> ssl.SSLContext:
    """The certificates this process trusts; SSL_CERT_FILE adds a private authority.

    Reading them takes longer than a call to the API, and every scenario makes a client.
    """
    return httpx.create_ssl_context()


class RetryingReads(httpx.BaseTransport):
    """Connects again for a GET that found no connection; for nothing else, ever.

    httpx's own `retries` would also apply to a POST. It would be safe there too (no byte was
    sent), but a harness for payments should not hold a path on which a payment is sent twice.
    """

    def __init__(self, url: str, retries: int) -> None:
        proxy = proxy_for(url)
        self._once = httpx.HTTPTransport(trusted(), proxy=proxy)
        self._again = httpx.HTTPTransport(trusted(), proxy=proxy, retries=retries)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` by the connection its method may use."""
        transport = self._again if request.method == "GET" else self._once
        return transport.handle_request(request)

    def close(self) -> None:
        """Close both connections."""
        self._once.close()
        self._again.close()
