"""Exchanges with the Checkout API as readable HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterable

from harness.api import Exchange


def readable(exchanges: Iterable[Exchange]) -> str:
    """Every exchange as request and answer, bodies indented; what is secret is masked already."""
    return "\n\n".join(_readable(exchange) for exchange in exchanges)


def _readable(exchange: Exchange) -> str:
    lines = [
        f"# {exchange.actor}, {exchange.started:%H:%M:%S.%f}, {exchange.duration_s * 1000:.0f} ms",
        f"{exchange.method} {exchange.url}",
        _body(exchange.request_body),
        f"→ {exchange.status or exchange.error}  (request {exchange.request_id})",
        _body(exchange.response_body),
    ]
    return "\n".join(line for line in lines if line)


def _body(body: object) -> str:
    if body in (None, "", {}):
        return ""
    return body if isinstance(body, str) else json.dumps(body, indent=2, ensure_ascii=False)
