"""The shop's webhook address, and waiting for what comes to it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from harness.errors import NeverHappened
from harness.merchant.credentials import Credentials
from harness.merchant.shop import Shop
from harness.merchant.signature import sign
from harness.merchant.site import MerchantSite
from tests.merchant.conftest import HMAC_KEY


def told(session: str = "s1", state: str = "paid", **more: object) -> dict[str, object]:
    payload: dict[str, object] = {"session_id": session, "state": state, "amount": "1.000", **more}
    return {**payload, "signature": sign(payload, HMAC_KEY)}


def test_a_signed_webhook_is_answered_200_and_kept(web: httpx.Client, shop: Shop) -> None:
    """Ottu sends the payer back to the shop for a 200; payload, headers and time are kept."""
    answer = web.post(f"{shop.url}/webhooks/ottu", json=told(), headers={"X-Mark": "7"})

    assert answer.status_code == 200
    (webhook,) = shop.webhooks
    assert (webhook.session_id, webhook.state, webhook.status) == ("s1", "paid", 200)
    assert webhook.signature_valid is True
    assert webhook.payload == told()
    assert webhook.headers["x-mark"] == "7"
    assert datetime.now(UTC) - webhook.received_at < timedelta(seconds=5)


@pytest.mark.parametrize("status", [201, 404, 500])
def test_the_answer_can_be_chosen(web: httpx.Client, shop: Shop, status: int) -> None:
    """With another answer than 200 Ottu keeps the payer, which scenarios need to see."""
    shop.webhook_status = status

    assert web.post(f"{shop.url}/webhooks/ottu", json=told()).status_code == status
    assert shop.webhooks[0].status == status


def test_a_forged_webhook_is_answered_401_and_kept_as_forged(web: httpx.Client, shop: Shop) -> None:
    """A payload that was altered after signing is refused, and the record shows it."""
    answer = web.post(f"{shop.url}/webhooks/ottu", json={**told(), "amount": "9.000"})

    assert answer.status_code == 401
    assert [(w.signature_valid, w.status) for w in shop.webhooks] == [(False, 401)]


def test_without_a_key_the_signature_is_neither_right_nor_wrong(
    web: httpx.Client, site: MerchantSite, credentials: Credentials
) -> None:
    """A run that was given no HMAC key says so, instead of calling the signature valid."""
    keyless = site.open_shop(credentials.model_copy(update={"hmac_key": None}))

    assert web.post(f"{keyless.url}/webhooks/ottu", json=told()).status_code == 200
    assert keyless.webhooks[0].signature_valid is None


def test_a_number_is_signed_by_the_digits_it_was_sent_with(web: httpx.Client, shop: Shop) -> None:
    """An amount sent as the number 1.000 has the signature of its three decimals."""
    payload = told()
    body = (
        f'{{"session_id":"s1","state":"paid","amount":1.000,"signature":"{payload["signature"]}"}}'
    )

    answer = web.post(f"{shop.url}/webhooks/ottu", content=body)

    assert answer.status_code == 200
    assert shop.webhooks[0].payload["amount"] == "1.000"


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b"\xff"])
def test_what_is_no_webhook_is_refused_and_reported(
    web: httpx.Client, shop: Shop, body: bytes
) -> None:
    """Garbage is a 400 and a notice, not a crash and not a webhook."""
    assert web.post(f"{shop.url}/webhooks/ottu", content=body).status_code == 400

    assert shop.webhooks == []
    assert [notice.subject for notice in shop.admin_notices] == ["A webhook could not be read"]


def test_waiting_ends_when_enough_have_come(web: httpx.Client, shop: Shop) -> None:
    """A waiting thread is woken by the webhook it waits for, and by no other."""
    found: list[str] = []

    def wait() -> None:
        found.extend(w.state for w in shop.wait_for_webhook("s1", count=2, timeout_s=30))

    waiter = threading.Thread(target=wait)
    waiter.start()
    for session, state in [("s2", "paid"), ("s1", "attempted"), ("s1", "paid")]:
        assert not found
        web.post(f"{shop.url}/webhooks/ottu", json=told(session, state))
    waiter.join(timeout=5)

    assert found == ["attempted", "paid"]


def test_waiting_can_be_for_a_certain_one(web: httpx.Client, shop: Shop) -> None:
    """A predicate picks the webhook about the final state from those before it."""
    for state in ("attempted", "paid"):
        web.post(f"{shop.url}/webhooks/ottu", json=told("s1", state))

    (webhook,) = shop.wait_for_webhook("s1", timeout_s=1, matching=lambda w: w.state == "paid")

    assert webhook.state == "paid"


def test_waiting_for_none_is_no_wait(shop: Shop) -> None:
    """None is enough where none is asked for: what has come is given, though it is nothing."""
    assert shop.wait_for_webhook("s1", count=0, timeout_s=0) == []


def test_a_wait_in_vain_says_what_came_instead(web: httpx.Client, shop: Shop) -> None:
    """The error tells apart "nothing came" and "something else came"."""
    web.post(f"{shop.url}/webhooks/ottu", json=told("s1", "attempted"))
    web.post(f"{shop.url}/webhooks/ottu", json=told("s2"))

    with pytest.raises(NeverHappened) as caught:
        shop.wait_for_webhook("s1", timeout_s=0.05, matching=lambda w: w.state == "paid")

    assert str(caught.value).startswith(
        "0 of 1 awaited webhooks about session s1 came within 0.05 s "
        "(about this session: attempted; about others: 1)."
    )


def test_the_webhook_address_can_be_another_than_the_shops(
    site: MerchantSite, credentials: Credentials
) -> None:
    """A live target reaches the shop by a tunnel, the customer's browser directly."""
    shop = site.open_shop(credentials, webhook_base="https://tunnel.example/")
    assert shop.webhook_url is not None

    assert shop.webhook_url.startswith("https://tunnel.example/shops/")
    assert shop.webhook_url.endswith("/webhooks/ottu")
    assert shop.url.startswith("http://127.0.0.1:")
