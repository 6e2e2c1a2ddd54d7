"""From an answer that is no success to the `APIError` that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.errors import APIError

_EXCERPT = 200


def problem(endpoint: str, status: int, body: object, request_id: str) -> APIError:
    """The error for an answer with Django REST Framework's shapes.

    `body` is parsed JSON or text, redacted: `{field: [message]}`, nested objects of those
    (`billing_address.city`), `{"detail": text}`, a list of messages, or no JSON at all.
    """
    detail: str | None = None
    fields: dict[str, list[str]] = {}
    if isinstance(body, Mapping):
        detail = _detail(body)
        for name, messages in _messages(body):
            fields.setdefault(name, []).extend(messages)
    elif isinstance(body, list):
        detail = " ".join(str(item) for item in body)
    elif body:
        detail = f"not JSON: {str(body)[:_EXCERPT]!r}"
    return APIError(status, fields, detail, request_id, endpoint)


def _detail(body: Mapping[str, object]) -> str | None:
    if (detail := body.get("detail")) is not None:
        return str(detail)
    general = body.get("non_field_errors")
    return " ".join(str(message) for message in general) if isinstance(general, list) else None


def _messages(body: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, said in body.items():
        where = f"{prefix}{name}"
        if where in {"detail", "non_field_errors"}:
            continue
        if isinstance(said, Mapping):
            yield from _messages(said, f"{where}.")
        elif isinstance(said, list):
            nested = [item for item in said if isinstance(item, Mapping)]
            for item in nested:
                yield from _messages(item, f"{where}.")
            if plain := [str(item) for item in said if not isinstance(item, Mapping)]:
                yield where, plain
        else:
            yield where, [str(said)]
