"""What a client does when it is told to come back later."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from harness.api import CheckoutAPI, Exchange
from harness.api.backoff import pause
from harness.errors import APIError
from tests.api.scripted import ScriptedAPI

TRANSACTION = {"session_id": "s", "state": "created", "amount": "1.000", "currency_code": "KWD"}


def _in(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("status", "said", "due"),
    [
        (429, "7", 7.0),
        (429, None, 1.0),
        (429, "0", 0.25),
        (429, "soon", 1.0),
        (429, "61", None),
        (503, "7", None),
        (200, "7", None),
    ],
)
def test_only_429_is_waited_for_and_only_for_so_long(
    status: int, said: str | None, due: float | None
) -> None:
    """Retry-After in seconds, absent, unreadable, or beyond a minute's patience."""
    headers = {} if said is None else {"Retry-After": said}

    assert pause(httpx.Response(status, headers=headers), 60) == due


def test_a_date_says_how_long_as_well() -> None:
    """RFC 9110 allows a date; one that has passed is no reason to wait longer than the least."""
    assert pause(httpx.Response(429, headers={"Retry-After": _in(20)}), 60) == pytest.approx(
        20, 0.1
    )
    assert pause(httpx.Response(429, headers={"Retry-After": _in(-20)}), 60) == 0.25


def test_a_session_turned_away_is_asked_for_again(
    api: CheckoutAPI, target: ScriptedAPI, exchanges: list[Exchange]
) -> None:
    """A POST that was answered 429 is sent once more after the time the target named."""
    target.answers_in_turn(
        [(429, {"detail": "Later."}, {"Retry-After": "1"}), (201, TRANSACTION, {})]
    )
    begun = time.monotonic()

    made = api.create(amount="1.000")

    assert made.session_id == "s"
    assert time.monotonic() - begun >= 1
    assert [each.status for each in exchanges] == [429, 201]
    assert len({each.request_id for each in exchanges}) == 2


@pytest.mark.parametrize("status", [500, 502, 503, 400])
def test_nothing_else_is_sent_twice(api: CheckoutAPI, target: ScriptedAPI, status: int) -> None:
    """An answer that may stand for something done is never a reason to ask again."""
    target.answers(status, {"detail": "No."}, Retry_After="0")

    with pytest.raises(APIError):
        api.create(amount="1.000")

    assert len(target.asked) == 1


def test_patience_ends(impatient: Callable[[float], CheckoutAPI], target: ScriptedAPI) -> None:
    """A target that never has time says nothing of the checkout: exit 3, with what it said."""
    target.answers(429, {"detail": "Later."}, Retry_After="0")

    with pytest.raises(APIError, match="answered 429: Later") as caught:
        impatient(0.6).retrieve("s")

    assert caught.value.exit_code == 3
    assert len(target.asked) == 3
