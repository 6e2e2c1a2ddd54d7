"""What kind of JSON an answer is, so that two targets can be compared.

Ids, hosts, times, amounts and keys differ between any two targets and are told by their kind.
States, results and messages are the protocol itself and are told as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

#: Fields whose text is part of the protocol.
SPOKEN: Final = frozenset(
    {
        "challenge_occurred",
        "detail",
        "flow",
        "form_of_payment",
        "is_sandbox",
        "message",
        "method",
        "operation",
        "payment_type",
        "result",
        "state",
        "status",
        "success",
        "type",
    }
)

#: What a gateway says in its own words: as many shapes as there are gateways.
GATEWAYS_OWN: Final = frozenset({"pg_response", "gateway_response", "wallet_response"})

_KINDS: Final = (
    (re.compile(r"[0-9a-f]{40}"), "session id"),
    (re.compile(r"-?\d+\.\d+"), "decimal text"),
    (re.compile(r"(https?|wss?)://\S+"), "address"),
    (re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?"), "time"),
    (re.compile(r"(\d+ )?\d\d:\d\d:\d\d"), "duration"),
    (re.compile(r"[^@\s]+@[^@\s]+\.\w+"), "e-mail address"),
)


def kinds(
    body: object, known: Mapping[str, str] | None = None, *, words: bool = False
) -> dict[str, str]:
    """The kind of every value in `body`, by its path (``payment_methods[].fee``).

    `known` maps a value to the name it goes by in messages, such as a session's id; with
    `words`, every text counts as spoken, as in the answer to a mistake. Entries of a list are
    told as one, with all the kinds that were seen.
    """
    seen: dict[str, set[str]] = {}
    for path, kind in _walk(body, "", known or {}, words):
        seen.setdefault(path, set()).add(kind)
    return {path: " | ".join(sorted(each)) for path, each in seen.items()}


def _walk(
    value: object, path: str, known: Mapping[str, str], words: bool
) -> Iterator[tuple[str, str]]:
    name = path.rpartition(".")[2].removesuffix("[]")
    if isinstance(value, dict) and value and name not in GATEWAYS_OWN:
        for key, each in value.items():
            yield from _walk(each, f"{path}.{key}" if path else str(key), known, words)
    elif isinstance(value, list) and value:
        for each in value:
            yield from _walk(each, f"{path}[]", known, words)
    else:
        yield path or "the body", _kind(value, known, spoken=words or name in SPOKEN)


def _kind(value: object, known: Mapping[str, str], *, spoken: bool) -> str:
    if isinstance(value, str):
        return _told(value, known) if spoken and value else _text(value)
    if isinstance(value, bool):
        return str(value).lower() if spoken else "true or false"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, list):
        return "empty list"
    if isinstance(value, dict):
        return "object" if value else "empty object"
    return "null"


def _text(value: str) -> str:
    if not value:
        return "empty text"
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(value)), "text")


def _told(value: str, known: Mapping[str, str]) -> str:
    # Longest first, for one may stand inside another.
    for each in sorted(known, key=len, reverse=True):
        value = value.replace(each, f"<{known[each]}>")
    return f"“{value}”"
