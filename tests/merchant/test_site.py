"""The site comes and goes without leaving anything behind."""

from __future__ import annotations

import gc
import socket
import threading
import time

import httpx
import pytest

from harness.errors import ConfigurationError
from harness.merchant.credentials import Credentials
from harness.merchant.site import MerchantSite
from tests.merchant.fake_ottu import FakeOttu


def test_it_leaves_no_thread_and_no_port(credentials: Credentials) -> None:
    """Started, used and stopped, the process is as it was; the port is free again."""
    threads = set(threading.enumerate())
    with MerchantSite() as site:
        shop = site.open_shop(credentials)
        with httpx.Client() as web:
            assert web.get(f"{shop.url}/").status_code == 200
            assert web.post(f"{shop.url}/orders", json={"amount": "1.000"}).status_code == 201

    gc.collect()  # a socket left open would warn here, and warnings are errors
    for thread in set(threading.enumerate()) - threads:
        thread.join(5)  # told to end, and on its way
    assert {t for t in threading.enumerate() if t.is_alive()} <= threads
    port = int(site.url.rsplit(":", 1)[1])
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_it_starts_at_once() -> None:
    """A start takes less than a tenth of a second (the best of three: machines are busy)."""
    took = []
    for _ in range(3):
        started = time.perf_counter()
        with MerchantSite():
            took.append(time.perf_counter() - started)

    assert min(took) < 0.1


def test_a_port_that_is_taken_is_said_to_be() -> None:
    """The message names the address and the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=rf"cannot listen on 127\.0\.0\.1:{port}"):
            MerchantSite(port=port)


def test_a_slow_api_holds_up_its_own_order_only(
    site: MerchantSite, credentials: Credentials, ottu: FakeOttu
) -> None:
    """While one order waits for the Checkout API, the site serves everyone else."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        slow = credentials.model_copy(
            update={"base_url": f"http://127.0.0.1:{silent.getsockname()[1]}"}
        )
        waiting, quick = site.open_shop(slow), site.open_shop(credentials)
        order = threading.Thread(
            target=lambda: httpx.post(f"{waiting.url}/orders", json={"amount": "1.000"}, timeout=20)
        )
        order.start()
        connection, _ = silent.accept()

        answer = httpx.post(f"{quick.url}/orders", json={"amount": "1.000"}, timeout=2)

        assert (answer.status_code, order.is_alive()) == (201, True)
        connection.close()
        order.join(timeout=10)
    assert ottu.sessions


def test_the_key_is_in_no_page(site: MerchantSite, credentials: Credentials) -> None:
    """Every page of the shop is free of the private key and the HMAC key."""
    shop = site.open_shop(credentials)
    with httpx.Client() as web:
        placed = web.post(f"{shop.url}/orders", json={"amount": "1.000"}).json()
        addresses = [
            f"{shop.url}/",
            placed["page_url"],
            f"{shop.url}/return?session_id={placed['session_id']}",
            f"{shop.url}/error",
        ]
        pages = [web.get(address).text for address in addresses]

    assert credentials.hmac_key is not None
    for page in pages:
        assert credentials.api_key.get_secret_value() not in page
        assert credentials.hmac_key.get_secret_value() not in page
    assert credentials.public_key in pages[1]
