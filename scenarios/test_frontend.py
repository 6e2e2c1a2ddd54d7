"""The merchant's page: the SDK comes from its address and shows what the session offers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from fixtures.checkout import Checkout
from fixtures.gateways import Gateways
from fixtures.merchant import Shops
from harness.flows import flow, needs


@flow("frontend/methods-rendered")
def test_every_method_of_the_session_is_offered_and_no_other(
    checkout: Checkout, gateways: Gateways
) -> None:
    """The SDK renders exactly the methods the merchant asked for, in the merchant's order."""
    page = checkout.open("knet", "card", "card-page")

    asked_for = [gateways.of_kind(kind).code for kind in ("knet", "card", "card-page")]
    assert page.offered() == asked_for
    checkout.expect(callback=None, state="pending")


@flow("frontend/methods-rendered")
def test_only_the_listed_forms_of_payment_are_rendered(
    checkout: Checkout, gateways: Gateways
) -> None:
    """With formsOfPayment the merchant hides what the session would offer beyond it."""
    page = checkout.open("knet", "card", forms_of_payment=["redirect"])

    assert page.offered() == [gateways.of_kind("knet").code]
    checkout.expect(callback=None, state="pending")


@flow("frontend/methods-rendered")
def test_arabic_is_written_from_right_to_left(checkout: Checkout) -> None:
    """An Arabic checkout is Arabic and runs from right to left."""
    page = checkout.open("knet", "card", lang="ar")

    expect(page.wrapper).to_have_attribute("dir", "rtl")
    expect(page.wrapper.get_by_text("تفاصيل الدفع")).to_be_visible()
    checkout.expect(callback=None, state="pending")


@flow("frontend/methods-rendered")
def test_a_page_with_the_set_up_in_it_shows_the_same(
    checkout: Checkout, gateways: Gateways
) -> None:
    """A page that hands the SDK its set-up (setupPreload) offers what any other page would."""
    page = checkout.open("knet", "card", preload=True)

    assert page.offered() == [gateways.of_kind(kind).code for kind in ("knet", "card")]
    checkout.expect(callback=None, state="pending")


@flow("frontend/invalid-session")
@pytest.mark.parametrize("session_id", ["0" * 40, None], ids=["unknown", "missing"])
def test_a_page_without_a_real_session_says_so(checkout: Checkout, session_id: str | None) -> None:
    """A session id that is unknown or missing shows a clear error and nothing to pay with."""
    page = checkout.open(init={"session_id": session_id})

    expect(page.popup.error).to_contain_text("Invalid session data.")
    expect(page.methods).to_have_count(0)
    expect(page.pay_button).to_have_count(0)
    checkout.expect_nothing_paid(callback="error")


@flow("frontend/invalid-session")
@needs("tenants")
def test_another_merchants_session_is_not_shown(checkout: Checkout, shops: Shops) -> None:
    """With a session of somebody else's shop, a merchant's key opens nothing."""
    foreign = shops.session_of_another_merchant()

    page = checkout.open(init={"session_id": foreign})

    expect(page.popup.error).to_contain_text("Invalid session data.")
    expect(page.methods).to_have_count(0)
    checkout.expect_nothing_paid(callback="error")
