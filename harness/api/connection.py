"""One request to a target, its answer, and the record of both."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

import httpx
from pydantic import SecretStr

from harness.api.backoff import pause
from harness.api.exchange import Actor, Exchange, OnExchange
from harness.api.guard import Guard
from harness.api.problems import problem
from harness.api.transport import RetryingReads
from harness.errors import TargetUnreachable
from harness.lanes import elsewhere
from harness.redaction import Redactor

_CONNECT_AGAIN = 2


@dataclass(slots=True)
class _Asked:
    request: httpx.Request
    body: object
    request_id: str
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock: float = field(default_factory=time.perf_counter)


class Connection:
    """Sends JSON with a merchant's private key; every exchange goes to `on_exchange`."""

    def __init__(
        self,
        base_url: str,
        api_key: SecretStr,
        timeout_s: float,
        on_exchange: OnExchange | None,
        actor: Actor,
        redactor: Redactor,
        guard: Guard,
        patience_s: float,
    ) -> None:
        redactor.register(api_key)
        self._guard = guard
        self._patience_s = patience_s
        self.base_url = base_url.rstrip("/")
        self._redactor = redactor
        self._on_exchange = on_exchange
        self._actor: Actor = actor
        self._client = httpx.Client(
            base_url=self.base_url,
            headers={
                "Authorization": f"Api-Key {api_key.get_secret_value()}",
                "Accept": "application/json",
                "Accept-Language": "en",
            },
            timeout=timeout_s,
            transport=RetryingReads(self.base_url, _CONNECT_AGAIN),
        )

    def close(self) -> None:
        """Close the sockets."""
        self._client.close()

    def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> object:
        """The parsed JSON of a 2xx answer, None when it is empty.

        What is turned away with 429 is sent again when the target says, while patience lasts.

        Raises:
            APIError: any other answer.
            TargetUnreachable: none.
            TypeError: `body` holds an amount as a float, or what JSON has no form for.
        """
        if body is not None and isinstance(body.get("amount"), float):
            raise TypeError(f"Send amounts as decimal strings, not as floats: {body['amount']!r}")
        request = self._client.build_request(
            method,
            path,
            params=params,
            content=None if body is None else json.dumps(body, default=_plain),
            headers={
                **({} if body is None else {"Content-Type": "application/json"}),
                **(headers or {}),
            },
        )
        endpoint = self._redactor.text(f"{method} {path}")
        patience_s = self._patience_s
        while True:
            response, answer, request_id = self._exchanged(request, body, endpoint)
            rest_s = pause(response, patience_s)
            if rest_s is None:
                break
            patience_s -= rest_s
            self._guard.rest(rest_s)
        if not response.is_success:
            told = self._redactor.redact(answer)
            raise problem(endpoint, response.status_code, told, request_id)
        return answer

    def _exchanged(
        self, request: httpx.Request, body: object, endpoint: str
    ) -> tuple[httpx.Response, object, str]:
        """The answer to one sending, as it came and parsed, and the id that names both."""
        self._guard.wait()
        request_id = uuid.uuid4().hex
        request.headers["X-Request-ID"] = request_id
        asked = _Asked(request, body, request_id)
        try:
            response = elsewhere(lambda: self._client.send(request))
        except httpx.TransportError as error:
            reason = self._redactor.text(f"{type(error).__name__}: {error}".rstrip(": "))
            self._record(asked, None, None, reason)
            raise TargetUnreachable(
                f"{endpoint} got no answer from {self.base_url} ({reason}). Check that the "
                "target is up, and OTTU_BASE_URL and the network on the way to it."
            ) from error
        asked.request_id = response.headers.get("X-Request-ID", request_id)
        answer = _parsed(response)
        self._record(asked, response.status_code, answer)
        return response, answer, asked.request_id

    def _record(
        self, asked: _Asked, status: int | None, answer: object, error: str | None = None
    ) -> None:
        if self._on_exchange is None:
            return
        redact = self._redactor.redact
        exchange = Exchange(
            actor=self._actor,
            method=asked.request.method,
            url=redact(str(asked.request.url)),
            status=status,
            request_body=redact(asked.body),
            response_body=redact(answer),
            started=asked.started,
            duration_s=time.perf_counter() - asked.clock,
            request_id=asked.request_id,
            error=error,
        )
        self._on_exchange(exchange)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be sent to the Checkout API: {value!r}")


def _parsed(response: httpx.Response) -> object:
    if not response.content:
        return None
    try:
        # As text an amount sent as a number keeps its digits; a float would lose "12.500".
        parsed: object = json.loads(response.content, parse_float=str)
    except ValueError:
        return response.text
    return parsed
