"""Asking one target over HTTP, as anybody might, and noting the kinds of what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal, Self

import httpx

from harness.api.transport import RetryingReads
from harness.errors import TargetUnreachable
from harness.probes.observation import Area, Observation
from harness.probes.shape import kinds
from harness.settings import Target

_TIMEOUT_S: Final = 20.0
_TRANSACTIONS: Final = "/b/checkout/v1/pymt-txn/"
_OPERATION: Final = "/b/pbl/v2/operation/"

#: Whose key a question is asked with.
Key = Literal["private", "public", "wrong", "none"]


class Interview:
    """Questions to one target; `seen` is what has been observed so far.

    Unlike `CheckoutAPI` it reads nothing into the answers: a field may be missing, or of another
    type than Ottu documents, and that is what is to be found out.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._open: list[str] = []
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

    @contextmanager
    def cleaning_up(self) -> Iterator[None]:
        """Cancel, afterwards, every session that was begun in the block."""
        try:
            yield
        finally:
            for session_id in self._open:
                self._send(
                    "POST", _OPERATION, {"operation": "cancel", "session_id": session_id}, "private"
                )
            self._open.clear()

    def begin(self, where: str | None, body: dict[str, Any]) -> str:
        """Create a session; its id, empty where none was created.

        The answer is noted under the name `where`, or not at all.
        """
        if where is None:
            said = _parsed(self._send("POST", _TRANSACTIONS, body, "private"))
        else:
            said = self.ask(where, "POST", _TRANSACTIONS, body)
        session_id = str(said.get("session_id") or "") if isinstance(said, dict) else ""
        if session_id:
            self._open.append(session_id)
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
    ) -> Any:  # noqa: ANN401 -- whatever JSON the target answers
        """Ask, note status and kinds under the name `where`, and give the body.

        `about` takes from a body what is to be noted of it.

        Raises:
            TargetUnreachable: nobody answered.
        """
        answer = self._send(method, path, body, key)
        said = _parsed(answer)
        self.note("api", where, {"status": str(answer.status_code)}, hint=f"{method} {path}")
        self.note_kinds(where, about(said), words=answer.is_error, hint=f"{method} {path}")
        return said

    def note_kinds(
        self, where: str, body: object, *, words: bool = False, hint: str = "", area: Area = "api"
    ) -> None:
        """Note the kinds of all values in `body`."""
        self.note(area, where, kinds(body, self.known, words=words), hint=hint)

    def note(self, area: Area, where: str, seen: dict[str, str], hint: str = "") -> None:
        """Note what was seen, by the name of each thing."""
        for session_id in self.known:
            hint = hint.replace(session_id, f"<{self.known[session_id]}>")
        self.seen += [
            Observation(area=area, where=where, what=what, seen=each, hint=hint)
            for what, each in seen.items()
        ]

    def _send(
        self, method: str, path: str, body: dict[str, Any] | str | None, key: Key
    ) -> httpx.Response:
        headers = {} if key == "none" else {"Authorization": f"Api-Key {self._key(key)}"}
        given: dict[str, Any] = {} if body is None else {"json": body}
        if isinstance(body, str):
            given = {"content": body}
            headers["Content-Type"] = "application/json"
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


def _parsed(answer: httpx.Response) -> object:
    if not answer.content:
        return {}
    try:
        return answer.json()
    except ValueError:
        return "no JSON"
