"""Merchants side by side: opposite clocks, faults, defects, cards and webhooks at once."""

from __future__ import annotations

import json
import threading
import time

import httpx
import pytest

from tests.sandbox.installation import TXN, Installation, Merchant, order
from tests.sandbox.receiver import Receiver


def test_opposite_clocks_faults_and_defects_at_once(
    merchant: Merchant, other: Merchant, receiver: Receiver
) -> None:
    """What is done to one merchant's installation is never seen in another's."""
    mine = merchant.create(webhook_url=receiver.url)["session_id"]
    theirs = other.create(webhook_url=receiver.url)["session_id"]
    merchant.turn_clock(2 * 86400)
    other.faults({"kind": "status", "endpoint": f"POST {TXN}", "status": 500})
    other.call("PUT", "/_sandbox/defects", json={"ids": ["webhook/unsigned"]})
    assert merchant.retrieve(mine)["state"] == "expired"
    assert other.retrieve(theirs)["state"] == "created"
    assert other.post(TXN, order()).status_code == 500
    fresh = merchant.create(webhook_url=receiver.url)["session_id"]
    results: list[str] = []

    def pay(who: Merchant, session_id: str) -> None:
        results.append(who.pay(session_id).json()["status"])

    threads = [
        threading.Thread(target=pay, args=pair) for pair in ((merchant, fresh), (other, theirs))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == ["success", "success"]
    told = {said["session_id"]: said for said in (receiver.next(), receiver.next())}
    assert "signature" in told[fresh]
    assert "signature" not in told[theirs]


def test_cards_and_wallets_are_a_merchants_own(merchant: Merchant, other: Merchant) -> None:
    """The same customer id at two merchants is two customers."""
    merchant.saved_card("c1")
    merchant.fund("c1", "5.000")
    asked = {"type": "sandbox", "customer_id": "c1"}
    assert other.post("/b/pbl/v2/card/", asked).json() == []
    assert other.post("/b/wallet/ottu/v1/accounts/", asked).json()["count"] == 0


def test_a_tenant_is_made_and_dropped_in_no_time(installation: Installation) -> None:
    """A merchant for each scenario costs next to nothing, and leaves nothing behind."""
    durations = []
    key = ""
    for _ in range(20):
        started = time.perf_counter()
        with installation.merchant() as made:
            key = made.api_key
        durations.append(time.perf_counter() - started)
    answer = installation.client.post(TXN, headers={"authorization": f"Api-Key {key}"})
    assert answer.status_code == 401
    assert min(durations) < 0.02  # two requests; the machine may be busy with other things


# -- faults -----------------------------------------------------------------------------


def test_faults_hit_their_endpoint_as_often_as_asked(merchant: Merchant) -> None:
    """A fault of one endpoint leaves the others alone, and ends when its count is used up."""
    session_id = merchant.create()["session_id"]
    merchant.faults({"kind": "status", "endpoint": f"GET {TXN}*", "count": 2, "status": 503})
    path = f"{TXN}{session_id}/"
    assert [merchant.get(path).status_code for _ in range(3)] == [503, 503, 200]
    assert merchant.get("/_sandbox/faults").json() == {"faults": []}


def test_a_reset_connection(merchant: Merchant) -> None:
    """The client sees its connection break, not an answer."""
    merchant.faults({"kind": "reset", "endpoint": f"POST {TXN}", "count": 1})
    with pytest.raises(httpx.TransportError):
        merchant.post(TXN, order())
    assert merchant.create()["state"] == "created"


def test_a_malformed_body(merchant: Merchant) -> None:
    """The answer breaks off in the middle, though its length says it is whole."""
    merchant.faults({"kind": "malformed_body", "count": 1})
    answer = merchant.post(TXN, order())
    assert answer.status_code == 201
    with pytest.raises(json.JSONDecodeError):
        answer.json()


@pytest.mark.parametrize("kind", ["latency", "slow_body"])
def test_slowness(merchant: Merchant, kind: str) -> None:
    """An answer is late, or trickles, by the time that was asked for."""
    merchant.faults({"kind": kind, "count": 1, "delay_ms": 150})
    started = time.perf_counter()
    assert merchant.post(TXN, order()).status_code == 201
    assert time.perf_counter() - started >= 0.15


def test_a_gateway_that_is_down_makes_no_link(merchant: Merchant) -> None:
    """Only the named gateway fails, with a status that the SDK takes for a failure."""
    session_id = merchant.create(pg_codes=["knet-sandbox", "cybersource-sandbox"])["session_id"]
    merchant.faults({"kind": "gateway_down", "pg_code": "knet-sandbox"})
    answers = [
        merchant.browser("POST", method["submit_url"], json={}).status_code
        for method in merchant.browser(
            "GET", f"/b/checkout/api/sdk/v1/pymt-txn/submit/{session_id}"
        ).json()["payment_methods"]
    ]
    assert answers == [502, 200]


def test_webhooks_lost_and_doubled(merchant: Merchant, receiver: Receiver) -> None:
    """A webhook never arrives, or twice; the payment itself is not touched."""
    merchant.faults({"kind": "webhook_loss", "count": 1}, {"kind": "webhook_duplicate", "count": 1})
    lost = merchant.paid(webhook_url=receiver.url)
    assert receiver.heard.empty()
    doubled = merchant.paid(webhook_url=receiver.url)
    assert [receiver.next()["session_id"] for _ in range(2)] == [doubled, doubled]
    assert merchant.retrieve(lost)["state"] == "paid"


def test_a_fault_nobody_knows_is_refused(merchant: Merchant) -> None:
    """A misspelt fault is an error at its field, not a fault that never happens."""
    answer = merchant.call("PUT", "/_sandbox/faults", json={"faults": [{"kind": "gremlins"}]})
    assert answer.status_code == 400
    assert "gremlins" in answer.text
