"""How often a merchant is told, and when Ottu gives up."""

from __future__ import annotations

import pytest

from tests.sandbox.installation import Merchant
from tests.sandbox.receiver import Receiver


def _impatient(merchant: Merchant) -> None:
    answer = merchant.call("PUT", "/_sandbox/settings", json={"webhook_timeout_ms": 100})
    assert answer.json()["webhook_timeout_ms"] == 100


def test_a_webhook_is_sent_again_when_it_times_out(merchant: Merchant, receiver: Receiver) -> None:
    """A merchant that never answers is told three times the same, and the payment stands."""
    _impatient(merchant)
    receiver.answering.clear()
    session_id = merchant.paid(webhook_url=receiver.url)
    first, *again = [receiver.next() for _ in range(3)]
    assert first["session_id"] == session_id
    assert again == [first, first]
    assert receiver.heard.empty()
    assert merchant.retrieve(session_id)["state"] == "paid"


@pytest.mark.parametrize("status", [200, 201, 302, 400, 500, 503])
def test_an_answer_ends_it(merchant: Merchant, receiver: Receiver, status: int) -> None:
    """Whatever a merchant answers in time, it is not told a second time."""
    _impatient(merchant)
    receiver.status = status
    merchant.paid(webhook_url=receiver.url)
    receiver.next()
    assert receiver.heard.empty()


def test_a_merchant_that_cannot_be_reached(merchant: Merchant) -> None:
    """A webhook that nobody takes neither holds the customer up nor unmakes the payment."""
    with Receiver() as gone:
        url = gone.url
    session_id = merchant.create(webhook_url=url, redirect_url="https://merchant.example/back")[
        "session_id"
    ]
    assert "/b/checkout/summary/" in merchant.pay(session_id).json()["redirect_url"]
    assert merchant.retrieve(session_id)["state"] == "paid"


def test_a_merchant_that_closes_a_kept_connection_hears_the_next_webhook(
    merchant: Merchant,
) -> None:
    """A server ends idle connections when it likes; no payment's webhook is lost by that."""
    with Receiver(closes_kept_connections=True) as receiver:
        paid = [merchant.paid(webhook_url=receiver.url) for _ in range(2)]
        told = [receiver.next()["session_id"] for _ in range(2)]
    assert told == paid


@pytest.mark.parametrize("wrong", [0, 60_001, "soon"])
def test_a_patience_that_is_none_is_refused(merchant: Merchant, wrong: object) -> None:
    """A setting out of bounds is an error at its field."""
    answer = merchant.call("PUT", "/_sandbox/settings", json={"webhook_timeout_ms": wrong})
    assert answer.status_code == 400
    assert "webhook_timeout_ms" in answer.json()
