"""What may be created, and what stays written of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from harness.errors import APIError, BeyondLimits, HarnessError, TargetUnreachable
from harness.safety.guard import RunGuard
from harness.safety.journal import Journal
from harness.safety.turnstile import Turnstile

ORDER = {"amount": "1.500", "order_no": "DH-1", "expiration_time": "00:30:00"}


def _guard(folder: Path, limit: str | None = None, cap: int | None = None) -> RunGuard:
    turnstile = Turnstile(folder / "turnstile", cap)
    return RunGuard(turnstile, Journal(folder / "journal"), Decimal(limit) if limit else None)


@pytest.mark.parametrize("amount", ["1.501", "20", "NaN", "Infinity"])
def test_what_is_above_the_limit_is_refused_before_it_is_asked_for(
    tmp_path: Path, amount: str
) -> None:
    """Neither a new session nor a change of one goes above the limit, and nothing is counted."""
    guard = _guard(tmp_path, "1.500", cap=1)

    with pytest.raises(BeyondLimits, match=r"the run's limit is 1\.500"):
        guard.changing({"amount": amount})
    with (
        pytest.raises(BeyondLimits, match=r"the run's limit is 1\.500"),
        guard.creating(ORDER | {"amount": amount}),
    ):
        pytest.fail("it was let through")

    assert Journal(tmp_path / "journal").open_sessions() == []
    with guard.creating(ORDER) as made:
        made("s1")


def test_the_cap_is_told_with_what_to_do(tmp_path: Path) -> None:
    """The session beyond the cap is not asked for, and the option is named."""
    guard = _guard(tmp_path, cap=1)
    with guard.creating(ORDER) as made:
        made("s1")

    with pytest.raises(BeyondLimits, match="--session-cap"), guard.creating(ORDER):
        pytest.fail("it was let through")


def _no_connection() -> HarnessError:
    error = TargetUnreachable("nobody answers")
    error.__cause__ = httpx.ConnectError("refused")
    return error


@pytest.mark.parametrize(
    ("error", "still_open"),
    [
        (APIError(400), 0),
        (APIError(429), 0),
        (_no_connection(), 0),
        (APIError(502), 1),
        (APIError(200, detail="out of format"), 1),
        (TargetUnreachable("the answer never came"), 1),
    ],
)
def test_what_may_have_been_made_is_kept(
    tmp_path: Path, error: HarnessError, still_open: int
) -> None:
    """Only a refusal, or a target that never heard of it, is proof that there is no session."""
    with pytest.raises(type(error)), _guard(tmp_path).creating(ORDER):
        raise error

    listed = Journal(tmp_path / "journal").open_sessions()
    assert [(each.order_no, each.session_id) for each in listed] == [("DH-1", None)] * still_open


def test_a_line_cut_off_spoils_no_other(tmp_path: Path) -> None:
    """A process killed while it wrote leaves half a line; what others write stays readable."""
    file = tmp_path / "journal"
    one = Journal(file)
    one.made(one.asked("DH-1", None), "s1")
    with file.open("a") as torn:
        torn.write('{"entry": "x", "st')
    two = one.asked("DH-2", None)
    one.made(two, "s2")
    one.closed(two)

    assert [each.session_id for each in one.open_sessions()] == ["s1"]
