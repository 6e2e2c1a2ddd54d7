"""Faults on request: what goes wrong for one tenant, where, and how often.

They are the failures of a network and of an installation, where a defect (``defects/``) is a
mistake in the checkout itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from . import validation as v

#: What can be wrong with an exchange over HTTP.
OF_EXCHANGES: Final = ("latency", "status", "reset", "malformed_body", "slow_body")
#: What can be wrong with a webhook.
OF_WEBHOOKS: Final = ("webhook_loss", "webhook_duplicate")
#: What can be wrong with a gateway: it makes no payment link.
GATEWAY_DOWN: Final = "gateway_down"


@dataclass(slots=True)
class Fault:
    """One fault: ``left`` is how many times more, None for as long as it stands."""

    kind: str
    endpoint: str = "*"
    left: int | None = None
    delay_s: float = 0.0
    status: int = 503
    pg_code: str = ""

    def concerns(self, method: str, path: str) -> bool:
        """Whether the fault is about this request; ``endpoint`` is "[METHOD ]path", ``*`` any."""
        wanted, _, pattern = self.endpoint.rpartition(" ")
        return wanted in ("", method) and fnmatchcase(path, pattern.rstrip("/") or "/")

    def as_shown(self) -> dict[str, Any]:
        """The fault as it was asked for, with the count that is left."""
        return {
            "kind": self.kind,
            "endpoint": self.endpoint,
            "count": self.left,
            "delay_ms": round(self.delay_s * 1000),
            "status": self.status,
            "pg_code": self.pg_code,
        }


_RULES: Final[Mapping[str, v.Rule]] = {
    "kind": v.choice(*OF_EXCHANGES, *OF_WEBHOOKS, GATEWAY_DOWN),
    "endpoint": v.string(300),
    "count": v.integer(1, 1_000_000),
    "delay_ms": v.integer(0, 60_000),
    "status": v.integer(400, 599),
    "pg_code": v.string(50),
}
RULE: Final = v.fields(_RULES, required=("kind",))


def read(asked: Mapping[str, Any]) -> Fault:
    """The fault that checked fields (``RULE``) describe."""
    return Fault(
        kind=asked["kind"],
        endpoint=asked.get("endpoint") or "*",
        left=asked.get("count"),
        delay_s=asked.get("delay_ms", 0) / 1000,
        status=asked.get("status", 503),
        pg_code=asked.get("pg_code", ""),
    )


class Faults:
    """The faults that stand for one tenant."""

    def __init__(self) -> None:
        self._standing: list[Fault] = []

    def __bool__(self) -> bool:
        return bool(self._standing)

    def __iter__(self) -> Any:
        return iter(self._standing)

    def replace(self, faults: Iterable[Fault]) -> None:
        """Let exactly these stand."""
        self._standing = list(faults)

    def add(self, faults: Iterable[Fault]) -> None:
        """Let these stand too."""
        self._standing.extend(faults)

    def of_exchange(self, method: str, path: str) -> list[Fault]:
        """What goes wrong with this request; each is counted."""
        found = [f for f in self._standing if f.kind in OF_EXCHANGES and f.concerns(method, path)]
        for fault in found:
            self._count(fault)
        return found

    def of_webhook(self, kind: str) -> bool:
        """Whether the webhook about to be sent is lost or duplicated; counted."""
        for fault in self._standing:
            if fault.kind == kind:
                self._count(fault)
                return True
        return False

    def of_gateway(self, pg_code: str) -> bool:
        """Whether the gateway behind the MID makes no link now; counted."""
        for fault in self._standing:
            if fault.kind == GATEWAY_DOWN and fault.pg_code in ("", pg_code):
                self._count(fault)
                return True
        return False

    def _count(self, fault: Fault) -> None:
        if fault.left is not None:
            fault.left -= 1
            if fault.left <= 0:
                self._standing.remove(fault)
