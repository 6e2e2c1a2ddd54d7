"""Asking one target over HTTP, as anybody might, and noting the kinds of what it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, Self

import httpx

from harness.api.backoff import pause
from harness.api.guard import Guard, Unguarded
from harness.api.transport import RetryingReads
from harness.errors import APIError, TargetUnreachable
from harness.probes.observation import Observation
from harness.probes.shape import kinds
from harness.settings import Target

_TIMEOUT_S: Final = 20.0
_TRANSACTIONS: Final = "/b/checkout/v1/pymt-txn/"
_PATIENCE_S: Final = 60.0

#: What the HTTP status of an answer is noted as.
STATUS: Final = "HTTP status"

#: Whose key a question is asked with.
Key = Literal["private", "public", "wrong", "none"]


class Interview:
    """Questions to one target; `seen` is what has been observed so far.

    Unlike `CheckoutAPI` it reads nothing into the answers: a field may be missing, or of another
    type than Ottu documents, and that is what is to be found out.
    """

    def __init__(self, target: Target, guard: Guard | None = None) -> None:
        self._target = target
        self._guard = guard or Unguarded()
        #: Values of this target, by the name they go by in its messages.
        self.known: dict[str, str] = {}
        self.seen: list[Observation] = []
        self._client = httpx.Client(
            base_url=target.base_url,
            headers={"Accept": "application/json", "Accept-Language": "en"},
            timeout=_TIMEOUT_S,
            transport=RetryingReads(target.base_url, 2),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._client.close()

    def begin(self, where: str | None, body: dict[str, Any]) -> str:
        """Create a session; its id, empty where none was created.

        The answer is noted under the name `where`, or not at all.
        """
        answer = self._create(body)
        if where is not None:
            self._note_answer(where, f"POST {_TRANSACTIONS}", answer)
        session_id = _session_of(answer)
        if session_id:
            self.known[session_id] = "session_id"
        return session_id

    def ask(
        self,
        where: str,
        method: str,
        path: str,
        body: dict[str, Any] | str | None = None,
        key: Key = "private",
        about: Callable[[Any], Any] = lambda said: said,
    ) -> None:
        """Ask, and note status and kinds under the name `where`.

        `about` takes from a body what is to be noted of it.

        Raises:
            TargetUnreachable: nobody answered.
        """
        self._note_answer(where, f"{method} {path}", self._send(method, path, body, key), about)

    def _note_answer(
        self,
        where: str,
        hint: str,
        answer: httpx.Response,
        about: Callable[[Any], Any] = lambda said: said,
    ) -> None:
        for value, name in self.known.items():
            hint = hint.replace(value, f"<{name}>")
        seen = kinds(about(_parsed(answer)), self.known, words=answer.is_error)
        self.seen += [
            Observation(area="api", where=where, what=what, seen=each, hint=hint)
            for what, each in [(STATUS, str(answer.status_code)), *seen.items()]
        ]

    def _create(self, body: dict[str, Any]) -> httpx.Response:
        """Ask for a session under the eyes of the guard, who must know what became of it."""
        answer: httpx.Response | None = None
        try:
            with self._guard.creating(body) as made:
                answer = self._send("POST", _TRANSACTIONS, body, "private")
                _heed(answer)
                made(_session_of(answer))
        except APIError:
            if answer is None:
                raise
        return answer

    def _send(
        self, method: str, path: str, body: dict[str, Any] | str | None, key: Key
    ) -> httpx.Response:
        headers = {} if key == "none" else {"Authorization": f"Api-Key {self._key(key)}"}
        given: dict[str, Any] = {} if body is None else {"json": body}
        if isinstance(body, str):
            given = {"content": body}
            headers["Content-Type"] = "application/json"
        patience_s = _PATIENCE_S
        while True:
            answer = self._sent(method, path, headers, given)
            rest_s = pause(answer, patience_s)
            if rest_s is None:
                return answer
            patience_s -= rest_s
            self._guard.rest(rest_s)

    def _sent(
        self, method: str, path: str, headers: dict[str, str], given: dict[str, Any]
    ) -> httpx.Response:
        self._guard.wait()
        try:
            return self._client.request(method, path, headers=headers, **given)
        except httpx.TransportError as error:
            message = (
                f"{method} {path} got no answer from {self._target.base_url} "
                f"({type(error).__name__}): check that the target is up."
            )
            raise TargetUnreachable(message) from error

    def _key(self, key: Key) -> str:
        if key == "private":
            return self._target.api_key.get_secret_value()
        return self._target.public_key if key == "public" else "harness-key-nobody-has"


def _heed(answer: httpx.Response) -> None:
    """Raise what a client of the API would, so that the guard hears of it."""
    if answer.is_error:
        raise APIError(answer.status_code)


def _session_of(answer: httpx.Response) -> str:
    said = _parsed(answer)
    return str(said.get("session_id") or "") if isinstance(said, dict) else ""


def _parsed(answer: httpx.Response) -> object:
    if not answer.content:
        return {}
    try:
        return answer.json()
    except ValueError:
        return "no JSON"
