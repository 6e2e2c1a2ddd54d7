"""When a request that was turned away for coming too often may be sent again.

429 is the one answer after which any request is repeated, a payment's too: it says that nothing
was done with it (RFC 6585, 4).
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

#: What is waited where the target does not say how long, and at the least; in seconds.
_UNTOLD_S: Final = 1.0
_LEAST_S: Final = 0.25


def pause(answer: httpx.Response, patience_s: float) -> float | None:
    """Seconds to wait before the request is sent again; None when it is not to be.

    That is so for any answer but 429, and where the target's `Retry-After` (seconds or a date,
    RFC 9110, 10.2.3) asks for more than the `patience_s` that is left.
    """
    if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
        return None
    wanted = max(_asked_for(answer.headers.get("Retry-After")), _LEAST_S)
    return wanted if wanted <= patience_s else None


def _asked_for(value: str | None) -> float:
    if value is None:
        return _UNTOLD_S
    if value.strip().isdecimal():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return _UNTOLD_S
    # A date without a zone is GMT's, as every date of HTTP is.
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return (at - datetime.now(UTC)).total_seconds()
