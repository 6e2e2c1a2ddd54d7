"""What time does to a payment, on the sandbox's own clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.sandbox.installation import CARD, DECLINED, SDK, Merchant
from tests.sandbox.receiver import Receiver

_INQUIRY = "/b/pbl/v2/inquiry/"


def _extra(**said: Any) -> dict[str, Any]:
    return {"sandbox_inquiry_result": "success", **said}


def _due(merchant: Merchant, hours: int) -> dict[str, str]:
    now = datetime.fromisoformat(merchant.get("/_sandbox/clock").json()["now"])
    return {"due_datetime": (now + timedelta(hours=hours)).isoformat()}


@pytest.mark.parametrize("limit", ["expiration_time", "due_datetime", "a day"])
def test_sessions_expire(merchant: Merchant, limit: str) -> None:
    """A session ends at its expiration time, its due time, or after a day; not before."""
    fields, hours = {
        "expiration_time": ({"expiration_time": "02:00:00"}, 2),
        "due_datetime": (_due(merchant, 3), 3),
        "a day": ({}, 24),
    }[limit]
    session_id = merchant.create(**fields)["session_id"]
    merchant.turn_clock(hours * 3600 - 30)
    assert merchant.retrieve(session_id)["state"] == "created"
    merchant.turn_clock(31)
    assert merchant.retrieve(session_id)["state"] == "expired"
    assert merchant.pay(session_id).json()["status"] == "canceled"


def test_success_after_failure(merchant: Merchant, receiver: Receiver) -> None:
    """A gateway that says later that it was paid after all pays what had failed."""
    session_id = merchant.create(
        pg_codes=["ottu-single-trial"], extra=_extra(), webhook_url=receiver.url
    )["session_id"]
    merchant.pay(session_id, "ottu-single-trial", DECLINED)
    assert receiver.next()["state"] == "failed"
    assert merchant.post(_INQUIRY, {"session_id": session_id}).json()["state"] == "paid"
    assert receiver.next()["state"] == "paid"
    assert len(merchant.ledger(session_id)) == 1


def test_automatic_inquiry_pays_what_has_expired(merchant: Merchant, receiver: Receiver) -> None:
    """Ottu asks by itself when its time has come, on a clock that a test turns forward."""
    session_id = merchant.create(
        pg_codes=["knet-sandbox"],
        extra=_extra(expires_in_minutes=30),
        expiration_time="00:10:00",
        webhook_url=receiver.url,
    )["session_id"]
    merchant.browser("POST", f"{SDK}/pymt-txn/submit/{session_id}/knet-sandbox/", json={})
    merchant.turn_clock(15 * 60)
    assert merchant.retrieve(session_id)["state"] == "expired"
    merchant.turn_clock(16 * 60)
    assert receiver.next()["state"] == "paid"
    assert merchant.retrieve(session_id)["state"] == "paid"


def test_inquiry_never_charges_twice(merchant: Merchant) -> None:
    """What was paid by another attempt meanwhile is not paid again by a late answer."""
    session_id = merchant.create(extra=_extra(expires_in_minutes=5))["session_id"]
    merchant.pay(session_id, card=DECLINED)
    merchant.pay(session_id, card=CARD)
    merchant.turn_clock(600)
    merchant.post(_INQUIRY, {"session_id": session_id})
    assert len(merchant.ledger(session_id)) == 1


def test_the_inquirys_throttle(merchant: Merchant) -> None:
    """Ten minutes' grace, half an hour between two, three in all; on the sandbox's clock."""
    merchant.call("PUT", "/_sandbox/settings", json={"inquiry_throttle": True})
    named = {"session_id": merchant.create(expiration_time="5 00:00:00")["session_id"]}

    def ask(after_minutes: int) -> int:
        merchant.turn_clock(after_minutes * 60)
        return merchant.post(_INQUIRY, named).status_code

    assert [ask(m) for m in (0, 9, 2, 1, 29, 40, 60)] == [400, 400, 200, 400, 200, 200, 400]
    assert "throttled" in merchant.post(_INQUIRY, named).json()["detail"]


@pytest.mark.parametrize(
    ("answer", "goes_to"), [(200, "merchant.example"), (201, "/b/checkout/summary/")]
)
def test_where_the_customer_goes(
    merchant: Merchant, receiver: Receiver, answer: int, goes_to: str
) -> None:
    """To the merchant when its webhook said 200, to Ottu's own summary otherwise."""
    receiver.status = answer
    session_id = merchant.create(
        webhook_url=receiver.url, redirect_url="https://merchant.example/return?a=1"
    )["session_id"]
    result = merchant.pay(session_id).json()
    assert goes_to in result["redirect_url"]
    receiver.next()
