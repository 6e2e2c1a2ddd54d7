"""Addresses in place of callbacks: the browser is sent there, with the result in the query."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

from harness.callbacks.event import CALLBACKS, CallbackEvent, Kind

# Ottu's statuses, by the callback that is told of them (web SDK reference, "Callbacks").
_STATUS: dict[str, Kind] = {"success": "success", "canceled": "cancel", "error": "error"}


class Addresses:
    """Knows the addresses that pages have named, and a visit to one when it sees it."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, Kind], CallbackEvent] = {}

    def learn(self, event: CallbackEvent) -> None:
        """Take note where `event` says that an address stands for a callback."""
        if event.phase == "url" and event.kind in CALLBACKS:
            self._named[_bare(str(event.payload)), event.kind] = event

    def visited(self, url: str, sequence: int) -> CallbackEvent | None:
        """The event of a navigation to `url`; None where it is no result for a named address.

        One address may stand for several callbacks: the status it is given tells them apart.
        """
        given = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
        kind = _STATUS.get(given.get("status", ""))
        named = self._named.get((_bare(url), kind)) if kind else None
        if named is None:
            return None
        now = datetime.now(UTC)
        return replace(named, phase="visited", payload=given, sequence=sequence, at=now)


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
