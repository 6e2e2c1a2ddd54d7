"""One request to the Checkout API and its answer, as evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

Actor: TypeAlias = Literal["merchant backend", "harness"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and answered. Bodies are parsed JSON (or text), redacted already.

    `status` is None when no answer came; `error` then says why. `started` is aware,
    `duration_s` in seconds. `request_id` is the target's own when it names one, else ours.
    """

    actor: Actor
    method: str
    url: str
    status: int | None
    request_body: Any
    response_body: Any
    started: datetime
    duration_s: float
    request_id: str
    error: str | None = None


OnExchange: TypeAlias = Callable[[Exchange], None]
