"""A shop at a fake Ottu, and a page in a browser to visit it with."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pydantic import SecretStr

from harness.merchant.credentials import Credentials
from harness.merchant.server import BackgroundServer
from harness.merchant.shop import Shop
from harness.merchant.site import MerchantSite
from tests.merchant.fake_ottu import FakeOttu

HMAC_KEY = "pu9MpX3yPR"


@pytest.fixture(scope="session")
def served_ottu() -> Iterator[tuple[FakeOttu, str]]:
    ottu = FakeOttu()
    with BackgroundServer(ottu.app, "127.0.0.1", 0) as server:
        yield ottu, server.url


@pytest.fixture
def ottu(served_ottu: tuple[FakeOttu, str]) -> FakeOttu:
    ottu, _ = served_ottu
    ottu.reset()
    return ottu


@pytest.fixture
def credentials(served_ottu: tuple[FakeOttu, str], ottu: FakeOttu) -> Credentials:
    assert served_ottu[0] is ottu
    url = served_ottu[1]
    return Credentials(
        base_url=url,
        api_key=SecretStr("prv_0123456789"),
        public_key="pub_9876543210",
        hmac_key=SecretStr(HMAC_KEY),
        merchant_id=url.removeprefix("http://"),
        sdk_url=f"{url}/sdk.js",
    )


@pytest.fixture(scope="session")
def site() -> Iterator[MerchantSite]:
    with MerchantSite() as site:
        yield site


@pytest.fixture
def shop(site: MerchantSite, credentials: Credentials) -> Shop:
    return site.open_shop(credentials)


@pytest.fixture(scope="session")
def web() -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        yield client


@pytest.fixture(scope="session")
def window(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def tab(window: BrowserContext) -> Iterator[Page]:
    tab = window.new_page()
    yield tab
    tab.close()
