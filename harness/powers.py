"""What a target can do beyond Ottu's public API, and the means to ask it.

An embedded sandbox answers under ``/_sandbox/``; a live Ottu answers 404 there and has none of
these capabilities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx
from pydantic import SecretStr

from harness.api.transport import trusted
from harness.errors import InfrastructureError, TargetUnreachable
from harness.lanes import elsewhere
from harness.settings import is_loopback

_TIMEOUT_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class KnownGateway:
    """What the target says of one gateway beyond the public payment-methods listing."""

    code: str
    flow: str
    multi_attempt: bool


@dataclass(frozen=True, slots=True)
class KnownDefect:
    """A fault the target can show on purpose, and the flows whose scenarios must notice it."""

    id: str
    sentence: str
    place: str
    severity: str
    flows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tenancy:
    """A merchant made for one scenario; the private keys never print."""

    id: str
    sdk_url: str
    api_key: SecretStr
    public_key: str
    hmac_key: SecretStr


class Sandbox:
    """A scenario's hand on the target's own powers. Each method needs the capability it names."""

    def __init__(self, base_url: str, api_key: SecretStr) -> None:
        self._client = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Api-Key {api_key.get_secret_value()}"},
            timeout=_TIMEOUT_S,
            verify=trusted(),
            trust_env=not is_loopback(httpx.URL(base_url).host),
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def gateways(self) -> list[KnownGateway]:
        """What the target says of its gateways (``gateways``)."""
        return [
            KnownGateway(each["code"], each["flow"], bool(each["multi_attempt"]))
            for each in self._call("GET", "")["gateways"]
        ]

    def open_tenant(self) -> Tenancy:
        """A merchant of one's own (``tenants``)."""
        said = self._call("POST", "tenants")
        return Tenancy(
            said["id"],
            said["sdk_url"],
            SecretStr(said["api_key"]),
            said["public_key"],
            SecretStr(said["hmac_key"]),
        )

    def close_tenant(self, tenant_id: str) -> None:
        """Forget a merchant and everything it did (``tenants``)."""
        self._call("DELETE", f"tenants/{tenant_id}")

    def turn_clock(self, seconds: int) -> None:
        """Turn the target's clock forward (``clock``)."""
        self._call("POST", "clock", {"advance_s": seconds})

    def messages(self) -> list[dict[str, Any]]:
        """What was sent to customers, oldest first (``outbox``)."""
        messages: list[dict[str, Any]] = self._call("GET", "outbox")["messages"]
        return messages

    def charges(self, session_id: str | None = None) -> list[dict[str, Any]]:
        """The gateway's own entries, about one session or about all (``ledger``)."""
        asked = "ledger" if session_id is None else f"ledger?session_id={session_id}"
        entries: list[dict[str, Any]] = self._call("GET", asked)["entries"]
        return entries

    def requests(self) -> list[dict[str, Any]]:
        """What the target was asked, oldest first (``journal``)."""
        requests: list[dict[str, Any]] = self._call("GET", "journal")["requests"]
        return requests

    def take_down(self, pg_codes: Sequence[str]) -> None:
        """Let these gateways, and no others, be out of order (``outages``)."""
        self._call("PUT", "outages", {"pg_codes": list(pg_codes)})

    def catalogue(self) -> list[KnownDefect]:
        """Every defect that the target can be given (``defects``)."""
        return [
            KnownDefect(
                each["id"],
                each["sentence"],
                each["place"],
                each["severity"],
                tuple(each["flows"]),
            )
            for each in self._call("GET", "defects")["catalogue"]
        ]

    def plant(self, defects: Sequence[str]) -> None:
        """Plant these defects, and no others (``defects``)."""
        self._call("PUT", "defects", {"ids": list(defects)})

    def wait_until_idle(self) -> None:
        """Return when the target has finished all work for this merchant (``idle``)."""
        said = self._call("GET", "idle?timeout_s=9")
        if not said["idle"]:
            busy = ", ".join(said["busy"])
            raise InfrastructureError(f"The target is still busy after 9 s with {busy}.")

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401
        try:
            answer = elsewhere(lambda: self._client.request(method, f"/_sandbox/{path}", json=body))
        except httpx.TransportError as error:
            raise TargetUnreachable(
                f"The sandbox did not answer {method} /_sandbox/{path} ({type(error).__name__})."
            ) from None
        if answer.is_error:
            raise InfrastructureError(
                f"The sandbox answered {answer.status_code} to {method} /_sandbox/{path}: "
                f"{answer.text[:200]}"
            )
        return answer.json() if answer.content else None
