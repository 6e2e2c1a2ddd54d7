"""Where a browser stands that this machine does not start itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, urlsplit

import httpx

from harness.errors import ConfigurationError
from harness.settings import is_loopback

ENDPOINT_NAME = "HARNESS_BROWSER_ENDPOINT"
TOKEN_NAME = "HARNESS_BROWSER_TOKEN"  # noqa: S105 -- the name of a variable, not what is in it

_KINDS: Mapping[str, Literal["playwright", "cdp"]] = {
    "ws": "playwright",
    "wss": "playwright",
    "http": "cdp",
    "https": "cdp",
}
# Chromium's own debugging sockets: http://HOST/json/version tells of them.
_DEBUGGING = "/devtools/"
_SECRET_NAME = re.compile(r"token|key|secret|pass|auth", re.IGNORECASE)
_ANSWERS_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of a browser server.

    `kind` is "playwright" for a server that speaks Playwright's protocol (`playwright
    run-server`, or a grid that does the same), "cdp" for a Chromium's debugging port. `url` and
    `token` may hold what lets its owner in: only `label` may be shown.
    """

    url: str = field(repr=False)
    kind: Literal["playwright", "cdp"]
    token: str | None = field(default=None, repr=False)

    @property
    def label(self) -> str:
        """The address for a person to read: without user, path and query."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    @property
    def headers(self) -> dict[str, str]:
        """What goes with the connection."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def secrets(self) -> Iterator[str]:
        """What must not be seen in any report."""
        parts = urlsplit(self.url)
        if self.token:
            yield self.token
        if parts.password:
            yield parts.password
        yield from (value for name, value in parse_qsl(parts.query) if _SECRET_NAME.search(name))

    def answers(self) -> bool:
        """Whether anybody is there: any answer to a plain HTTP request will do."""
        parts = urlsplit(self.url)
        scheme = "https" if parts.scheme in {"wss", "https"} else "http"
        host = parts.netloc.rpartition("@")[2]
        try:
            # No proxy of the environment leads to this machine itself.
            httpx.get(
                f"{scheme}://{host}/",
                timeout=_ANSWERS_WITHIN_S,
                trust_env=not is_loopback(parts.hostname or ""),
            )
        except httpx.HTTPError:
            return False
        return True


def endpoint(
    given: str | None = None, environment: Mapping[str, str] = os.environ
) -> Endpoint | None:
    """The browser server that was asked for: `given`, else what the environment names, else None.

    An empty variable counts as unset, as in CI systems that cannot unset one.

    Raises:
        ConfigurationError: it is no address of a browser server.
    """
    url = given or environment.get(ENDPOINT_NAME)
    if not url:
        return None
    origin = "--browser-endpoint" if given else ENDPOINT_NAME
    parts = _split(url)
    if parts is None:
        # The address itself is not repeated: it may be a token in the wrong place.
        message = (
            f"{origin} is no address of a browser server: it begins with ws:// or wss:// for a "
            "Playwright server, with http:// or https:// for a Chromium's debugging port, and "
            "names a host."
        )
        raise ConfigurationError(message)
    kind = "cdp" if _DEBUGGING in parts.path else _KINDS[parts.scheme]
    return Endpoint(url, kind, environment.get(TOKEN_NAME) or None)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        known = parts.scheme in _KINDS and parts.hostname and (parts.port or True)
    except ValueError:  # a port that is no number, a bracket that is never closed
        return None
    return parts if known else None
