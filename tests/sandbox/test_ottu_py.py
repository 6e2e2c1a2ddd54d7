"""Ottu's own Python client, unmodified, through its whole surface."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme
from ottu import Ottu, OttuAsync
from ottu.auth import APIKeyAuth, BasicAuth, TokenAuth
from ottu.enums import TxnType
from ottu.utils.webhooks import verify_signature

from tests.sandbox.installation import CARD, SDK, Merchant
from tests.sandbox.receiver import Receiver

_ROOT = Path(__file__).parents[2]
_SERVE = """
import sys, uvicorn
from harness.sandbox.app import build
app, tenant = build()
print(tenant.api_key, flush=True)
uvicorn.run(app, fd=int(sys.argv[1]), ssl_keyfile=sys.argv[2], ssl_certfile=sys.argv[3],
            log_level="error", lifespan="on", timeout_graceful_shutdown=1)
"""


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sandbox behind TLS, whose certificate the client trusts; its host and port."""
    place = tmp_path_factory.mktemp("tls")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(place / "ca.pem")
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(place / "key.pem")
    with (place / "cert.pem").open("wb") as chain:
        for blob in certificate.cert_chain_pems:
            chain.write(blob.bytes())
    listener = socket.create_server(("127.0.0.1", 0))
    os.set_inheritable(listener.fileno(), True)
    files = [str(place / "key.pem"), str(place / "cert.pem")]
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(listener.fileno()), *files],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=[listener.fileno()],
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    port = listener.getsockname()[1]
    listener.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(place / "ca.pem"))
        yield f"127.0.0.1:{port}"
    process.terminate()
    process.wait(5)
    process.stdout.close()


@pytest.fixture
def shop(secure: str) -> Iterator[Merchant]:
    """A merchant of the secure sandbox, whose customers pay over it too."""
    with httpx.Client(base_url=f"https://{secure}", trust_env=True, timeout=20) as client:
        keys = client.post("/_sandbox/tenants").json()
        yield Merchant(client, keys)
        client.delete(f"/_sandbox/tenants/{keys['id']}")


@contextmanager
def _client(secure: str, auth: httpx.Auth) -> Iterator[Ottu]:
    """The client, whose connections it leaves to its owner to close."""
    ottu = Ottu(merchant_id=secure, auth=auth, customer_id="c1")
    yield ottu
    ottu.request_session.close()


@pytest.fixture
def ottu(secure: str, shop: Merchant) -> Iterator[Ottu]:
    with _client(secure, APIKeyAuth(shop.api_key)) as ottu:
        yield ottu


def _checkout(ottu: Ottu, **more: Any) -> Any:
    return ottu.checkout(
        **{
            "txn_type": TxnType.PAYMENT_REQUEST,
            "amount": "12.500",
            "currency_code": "KWD",
            "pg_codes": ["ottu-sandbox"],
            "customer_id": "c1",
            **more,
        }
    )


def _good(answer: Any) -> Any:
    assert answer["success"], answer
    return answer["response"]


def test_checkout_retrieve_update_and_cancel(ottu: Ottu) -> None:
    """A session is made, read, changed and canceled by the client's own methods."""
    made = _good(_checkout(ottu, include_sdk_setup_preload=True, generate_qr_code=True))
    assert made["sdk_setup_preload_payload"]["session_id"] == made["session_id"]
    assert _good(ottu.session.retrieve(made["session_id"]))["state"] == "created"
    ottu.session.update(amount="3.000")
    assert ottu.session.refresh() is not None
    assert ottu.session.amount == "3.000"
    assert _good(ottu.session.cancel(session_id=made["session_id"]))["result"] == "success"
    assert ottu.session.state == "canceled"


def test_checkout_with_attachment(ottu: Ottu, tmp_path: Path) -> None:
    """A file goes along as multipart, with lists as repeated fields."""
    terms = tmp_path / "terms.pdf"
    terms.write_bytes(b"%PDF-1.4")
    answer = _checkout(ottu, attachment=str(terms), pg_codes=["ottu-sandbox", "knet-sandbox"])
    made = _good(answer)
    assert made["attachment"].endswith("/terms.pdf")
    assert [method["code"] for method in made["payment_methods"]] == [
        "ottu-sandbox",
        "knet-sandbox",
    ]


def test_expire_and_delete(ottu: Ottu) -> None:
    """Both ends of an unpaid session answer as the client expects."""
    _good(_checkout(ottu))
    assert _good(ottu.session.expire())["result"] == "success"
    assert _good(ottu.session.delete())["result"] == "success"


def test_refund_and_void(ottu: Ottu, shop: Merchant) -> None:
    """Part of a payment is refunded once, however often it is asked under one tracking key."""
    session_id = _good(_checkout(ottu))["session_id"]
    shop.pay(session_id)
    first = _good(ottu.session.refund(amount="2.500", tracking_key="k1"))
    assert first == _good(ottu.session.refund(amount="2.500", tracking_key="k1"))
    assert _good(ottu.session.psq())["refunded_amount"] == 2.5
    refused = ottu.session.void()
    assert (refused["success"], refused["status_code"]) == (False, 400)


def test_capture(ottu: Ottu, shop: Merchant) -> None:
    """What was authorised is captured in part, then in full."""
    session_id = _good(_checkout(ottu, pg_codes=["ottu-authorize"]))["session_id"]
    shop.pay(session_id, "ottu-authorize")
    assert _good(ottu.session.capture(amount="5.000", tracking_key="k1"))["amount"] == "5.000"
    assert _good(ottu.session.capture())["amount"] == "7.500"
    assert ottu.session.state == "paid"


def test_cards_are_listed_and_deleted(ottu: Ottu, shop: Merchant) -> None:
    """The client sees the cards that a customer saved, and deletes one."""
    token = shop.saved_card("c1")
    assert [card["token"] for card in _good(ottu.cards.list())] == [token]
    assert ottu.cards.get()["token"] == token
    assert ottu.cards.delete(token)["status_code"] == 204
    assert _good(ottu.cards.list()) == []


def test_payment_methods_and_autoflow(ottu: Ottu) -> None:
    """The client finds the gateways itself and makes a session with them."""
    listed = _good(
        ottu.get_payment_methods(plugin="payment_request", currencies=["KWD"], pg_names=["kpay"])
    )
    assert [method["code"] for method in listed["payment_methods"]] == ["knet-sandbox"]
    made = _good(
        ottu.checkout_autoflow(
            txn_type=TxnType.PAYMENT_REQUEST,
            amount="1.000",
            currency_code="USD",
        )
    )
    assert "knet-sandbox" not in made["pg_codes"]


_AGREED: dict[str, Any] = {
    "payment_type": "auto_debit",
    "agreement": {"id": "g1", "type": "recurring", "frequency": "monthly"},
}


def test_auto_debit_and_its_autoflow(ottu: Ottu, shop: Merchant) -> None:
    """A card that its holder agreed to is charged without them, once a session."""
    token = shop.saved_card("c1", **_AGREED)
    session_id = _good(_checkout(ottu, **_AGREED))["session_id"]
    assert _good(ottu.auto_debit(token=token, session_id=session_id))["state"] == "paid"
    again = _good(
        ottu.auto_debit_autoflow(
            txn_type=TxnType.PAYMENT_REQUEST,
            amount="2.000",
            currency_code="KWD",
            token=token,
            customer_id="c1",
            pg_codes=["ottu-sandbox"],
            agreement=_AGREED["agreement"],
        )
    )
    assert (again["state"], again["amount"]) == ("paid", "2.000")


@pytest.mark.parametrize("scheme", ["basic", "bearer"])
def test_other_ways_to_authenticate(secure: str, shop: Merchant, scheme: str) -> None:
    """Basic and bearer authentication reach the same merchant."""
    auth = BasicAuth("key", shop.api_key) if scheme == "basic" else TokenAuth(shop.api_key)
    with _client(secure, auth) as ottu:
        assert _good(_checkout(ottu))["state"] == "created"


def test_errors_arrive_as_the_client_reads_them(ottu: Ottu, secure: str) -> None:
    """A refusal is an unsuccessful answer with its status and fields, not an exception."""
    refused = _checkout(ottu, pg_codes=["none"])
    assert (refused["success"], refused["status_code"]) == (False, 400)
    assert refused["error"] == {"pg_codes": ['"none" is not a valid choice.']}
    with _client(secure, APIKeyAuth("none")) as nobody:
        stranger = _checkout(nobody)
    assert (stranger["success"], stranger["status_code"]) == (False, 401)


async def _async_tour(secure: str, shop: Merchant) -> None:
    async with OttuAsync(
        merchant_id=secure, auth=APIKeyAuth(shop.api_key), customer_id="c1"
    ) as ottu:
        made = _good(await _checkout(ottu))
        session_id = made["session_id"]
        assert _good(await ottu.session.retrieve(session_id))["state"] == "created"
        await ottu.session.update(amount="4.000")
        shop.pay(session_id, save_card=True)
        assert _good(await ottu.session.psq())["result"] == "success"
        assert _good(await ottu.session.refund(amount="1.000"))["amount"] == "1.000"
        [card] = _good(await ottu.cards.list())
        assert (await ottu.cards.delete(card["token"]))["status_code"] == 204
        methods = _good(await ottu.get_payment_methods(plugin="e_commerce"))
        assert methods["payment_methods"]
        flowed = await ottu.checkout_autoflow(
            txn_type=TxnType.PAYMENT_REQUEST, amount="1", currency_code="KWD"
        )
        assert _good(flowed)["pg_codes"] == ["ottu-sandbox"]  # those of the session before
        assert _good(await ottu.session.cancel())["result"] == "success"
        token = shop.saved_card("c1", **_AGREED)
        charged = await ottu.auto_debit_autoflow(
            txn_type=TxnType.PAYMENT_REQUEST,
            amount="2",
            currency_code="KWD",
            token=token,
            customer_id="c1",
            pg_codes=["ottu-sandbox"],
            agreement=_AGREED["agreement"],
        )
        assert _good(charged)["state"] == "paid"


def test_the_asynchronous_client(secure: str, shop: Merchant) -> None:
    """The same surface through the asynchronous client."""
    with ThreadPoolExecutor(1) as pool:  # a browser's test may have left a loop in this thread
        pool.submit(asyncio.run, _async_tour(secure, shop)).result()


def test_the_client_verifies_the_sandboxs_webhooks(shop: Merchant, receiver: Receiver) -> None:
    """Payment and operation webhooks carry signatures that Ottu's own code accepts."""
    session_id = shop.create(
        webhook_url=receiver.url,
        order_no="A-1",
        customer_first_name="فاطمة",
        customer_email="c@example.com",
        billing_address={"line1": "Street 1", "city": "Kuwait", "country": "KW"},
    )["session_id"]
    body = {"session_id": session_id, "payment_method": "card", "card": CARD}
    shop.browser("POST", f"{SDK}/pymt-txn/submit/{session_id}/ottu-sandbox/", json=body)
    told = receiver.next()
    assert verify_signature(told, told["signature"], shop.hmac_key)
    shop.operate("refund", session_id, amount="1")
    told = receiver.next()
    assert told["operation"] == "refund"
    assert verify_signature(told, told["signature"], shop.hmac_key)
    forged = {**told, "amount": "9.000"}
    assert not verify_signature(json.loads(json.dumps(forged)), told["signature"], shop.hmac_key)
