"""What a page did, as the recorder saw it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal[
    "success",
    "cancel",
    "error",
    "before_payment",
    "validate_payment",
    "init",
    "reload",
    "popup",
]
Phase: TypeAlias = Literal[
    "called", "returned", "resolved", "rejected", "threw", "url", "visited", "unobserved"
]

CALLBACKS: frozenset[Kind] = frozenset({"success", "cancel", "error"})


@dataclass(frozen=True, slots=True)
class CallbackEvent:
    """One thing that happened to a callback, a hook, or a method of the SDK.

    Attributes:
        kind: which one. "popup" is `Checkout.showPopup`.
        phase: "called" when the SDK (or, for the SDK's methods, the merchant) called it; then
            what came of it: "returned" (a hook without a promise), "resolved", "rejected",
            "threw". "url": the script names an address instead of a function; "visited": the
            browser was sent there, which takes the place of the call. "unobserved": it could
            not be watched.
        name: the merchant's name for the function, or the address.
        payload: what it was called with, or what came of it; numbers with a fraction as text.
            Of a "url", the whole address; of a visit, what the address was given.
        sequence: its place among all events of the recorder, from 1.
        at: when, by the page's clock, aware.
        page_url: the address of the document it happened in.
        document: tells the documents of one address apart.
    """

    kind: Kind
    phase: Phase
    name: str
    payload: Any
    sequence: int
    at: datetime
    page_url: str
    document: str

    def __str__(self) -> str:
        return f"{self.kind} {self.phase}"

    @property
    def fired(self) -> bool:
        """Whether a callback was run, or the browser sent to the address that stands for it."""
        return self.kind in CALLBACKS and self.phase in ("called", "visited")


def parsed(told: dict[str, Any], sequence: int) -> CallbackEvent:
    """The event that the script in a page told of."""
    payload = told["payload"]
    return CallbackEvent(
        kind=told["kind"],
        phase=told["phase"],
        name=told["name"],
        payload=None if payload is None else json.loads(payload, parse_float=str),
        sequence=sequence,
        at=datetime.fromtimestamp(told["at"] / 1000, UTC),
        page_url=told["url"],
        document=told["document"],
    )
