"""How a run behaves towards its target: how much it may do there, and where it is called back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from pydantic import BaseModel, ConfigDict

from harness.errors import ConfigurationError
from harness.settings.layers import ENVIRONMENT, Found, Layer, option_of, strongest
from harness.settings.target import bare_address

# For a target that was named: more than all scenarios need, and slower than any real shop.
_SESSION_CAP = 500
_RATE_LIMIT = 5.0

_LAST_PORT = 65535

# In place of an address: the target cannot call back, though it runs on this machine.
_DEAF = "none"


class Conduct(BaseModel):
    """What a run allows itself.

    `amount_limit` is the most that one session may be about, a number in the session's own
    currency; `session_cap` the most sessions of a run, `rate_limit` the most in a second, all
    workers together; None: no limit. `webhook_url` is scheme and host at which the target
    reaches `webhook_port` of this machine, None where nobody said; `deaf` says that somebody said
    there is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount_limit: Decimal | None = None
    session_cap: int | None = None
    rate_limit: float | None = None
    webhook_url: str | None = None
    webhook_port: int | None = None
    deaf: bool = False


def conduct(layers: Sequence[Layer]) -> Conduct:
    """What the layers, weakest first, say of a run's conduct.

    Raises:
        ConfigurationError: a setting is malformed, or lacks the one it needs.
    """
    found = strongest(layers)
    named = "base_url" in found
    deaf = "webhook_url" in found and found["webhook_url"].value == _DEAF
    url, port = (None if deaf else found.get(field) for field in ("webhook_url", "webhook_port"))
    for given, other in ((url, "webhook_port"), (port, "webhook_url")):
        if given is not None and other not in found:
            message = (
                f"{given.origin} is set without {ENVIRONMENT[other]}, and the one leads to the "
                f"other: set both, or give {option_of(other)}."
            )
            raise ConfigurationError(message)
    cap, rate = _whole(found, "session_cap"), _number(found, "rate_limit")
    return Conduct(
        amount_limit=_number(found, "amount_limit"),
        session_cap=cap if cap is not None or not named else _SESSION_CAP,
        rate_limit=float(rate) if rate is not None else _RATE_LIMIT if named else None,
        webhook_url=bare_address(url) if url else None,
        webhook_port=_whole(found, "webhook_port", at_most=_LAST_PORT) if port else None,
        deaf=deaf,
    )


def _number(found: Mapping[str, Found], field: str) -> Decimal | None:
    given = found.get(field)
    if given is None:
        return None
    try:
        number = Decimal(given.value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number <= 0:
        message = f"{given.origin} is {given.value!r}, which is no number above 0."
        raise ConfigurationError(message)
    return number


def _whole(found: Mapping[str, Found], field: str, at_most: int | None = None) -> int | None:
    number = _number(found, field)
    if number is None:
        return None
    if number != int(number) or (at_most is not None and number > at_most):
        limit = f" from 1 to {at_most}" if at_most is not None else ""
        message = (
            f"{found[field].origin} is {found[field].value!r}, which is no whole number{limit}."
        )
        raise ConfigurationError(message)
    return int(number)
