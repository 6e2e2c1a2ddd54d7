"""One address for the webhooks of many merchant sites."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from harness.errors import ConfigurationError
from harness.merchant.credentials import Credentials
from harness.merchant.door import WebhookDoor, announce
from harness.merchant.shop import Shop
from harness.merchant.site import MerchantSite


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    chosen = _free_port()
    with WebhookDoor(tmp_path, chosen):
        yield chosen


def _shop(site: MerchantSite, credentials: Credentials, folder: Path, port: int) -> Shop:
    base = f"http://127.0.0.1:{port}{announce(folder, site.url)}"
    keyless = credentials.model_copy(update={"hmac_key": None})
    return site.open_shop(keyless, webhook_base=base)


def test_each_webhook_reaches_the_shop_it_is_for(
    tmp_path: Path, port: int, credentials: Credentials
) -> None:
    """Two sites, as two workers have: each shop hears its own, and its answer goes back."""
    with MerchantSite() as one, MerchantSite() as two:
        shops = [_shop(site, credentials, tmp_path, port) for site in (one, two)]
        shops[1].webhook_status = 418

        answers = [
            httpx.post(shop.webhook_url or "", json={"session_id": f"s{n}", "amount": "1.500"})
            for n, shop in enumerate(shops)
        ]

        assert [answer.status_code for answer in answers] == [200, 418]
        assert [[w.session_id for w in shop.webhooks] for shop in shops] == [["s0"], ["s1"]]


def test_nothing_but_webhooks_comes_in(
    tmp_path: Path, port: int, site: MerchantSite, credentials: Credentials
) -> None:
    """What a tunnel makes public is the webhook address, not the shop, nor any other port."""
    shop = _shop(site, credentials, tmp_path, port)
    address = shop.webhook_url or ""

    assert httpx.get(address).status_code == 405
    assert httpx.get(address.removesuffix("webhooks/ottu")).status_code == 404
    stranger = address.replace(address.split("/")[3], "somebody")
    for path in (stranger, stranger.replace("somebody", ".."), stranger.replace("somebody", "%2e")):
        assert httpx.post(path, json={}).status_code == 404
    assert shop.webhooks == []


def test_a_site_that_has_closed_is_told_to_the_target(
    tmp_path: Path, port: int, credentials: Credentials
) -> None:
    """A webhook that comes too late is answered as one that was not taken."""
    with MerchantSite() as site:
        shop = _shop(site, credentials, tmp_path, port)

    assert httpx.post(shop.webhook_url or "", json={}).status_code == 502


def test_a_port_that_is_taken_is_told(tmp_path: Path, port: int) -> None:
    """Two runs cannot share a port, and the second is told so."""
    with pytest.raises(ConfigurationError, match=f"cannot listen on 127.0.0.1:{port}"):
        WebhookDoor(tmp_path, port)
