"""The page that a person keeps open beside the suite."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.sandbox.installation import DECLINED, Merchant


@pytest.mark.parametrize("width", [1200, 360])
def test_sessions_can_be_followed(merchant: Merchant, chromium: Browser, width: int) -> None:
    """Sessions, their time line and the clock are there, and nothing is wider than a phone."""
    session_id = merchant.create(
        order_no="A-1042",
        customer_email="fatima@example.com",
        notifications={"email": ["created"]},
    )["session_id"]
    merchant.pay(session_id, card=DECLINED)
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{merchant.url}/_sandbox/control/{merchant.id}/")
    expect(page.get_by_text("fatima@example.com")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="A-1042").click()
    expect(page.get_by_role("heading", name="Time line")).to_be_visible()
    expect(page.get_by_text("411111XXXXX1112")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Let it expire").click()
    expect(page.get_by_text("expired by hand")).to_be_visible()
    assert merchant.retrieve(session_id)["state"] == "expired"
    page.close()


def test_a_demo_checkout_opens(merchant: Merchant, chromium: Browser) -> None:
    """One button makes a session and leads to its hosted checkout."""
    page = chromium.new_page()
    page.goto(f"{merchant.url}/_sandbox/control/{merchant.id}/")
    page.get_by_role("button", name="Open a demo checkout").click()
    expect(page.get_by_role("radio", name="KNET")).to_be_visible()
    page.close()


def test_the_clock_is_turned_by_hand(merchant: Merchant, chromium: Browser) -> None:
    """A day further, what was open has expired."""
    session_id = merchant.create()["session_id"]
    page = chromium.new_page()
    page.goto(f"{merchant.url}/_sandbox/control/{merchant.id}/")
    page.get_by_role("button", name="+ 1 day").click()
    expect(page.get_by_text("expired", exact=True)).to_be_visible()
    assert merchant.retrieve(session_id)["state"] == "expired"
    page.close()
