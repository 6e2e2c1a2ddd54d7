"""The merchant's backend: it opens a session for every order and keeps it up to date."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from fixtures.cards import Cards
from fixtures.checkout import Checkout
from fixtures.orders import RefusedOrder
from harness.api import CheckoutAPI
from harness.flows import flow
from harness.settings import Target
from pages import ErrorPage


@flow("backend/session-created")
def test_an_order_gets_a_session_and_a_page_that_carries_it(
    checkout: Checkout, target: Target
) -> None:
    """The page a customer is served carries the session of the order and no private key."""
    order = checkout.place()

    served = checkout.served_page(order)

    assert order.session_id in served
    assert target.api_key.get_secret_value() not in served
    checkout.expect(callback=None, state="created", ends_on="anywhere")


@flow("backend/api-error")
@pytest.mark.parametrize(
    "mistake",
    [{"amount": "-1"}, {"amount": "0"}, {"api_fields": {"currency_code": "XXX"}}],
    ids=["negative-amount", "zero-amount", "unknown-currency"],
)
def test_a_refused_session_is_told_to_the_admin_and_the_customer(
    checkout: Checkout, mistake: dict[str, str]
) -> None:
    """When the Checkout API refuses, the admin hears of it and the customer sees an error page."""
    refused = checkout.try_to_place(**mistake)

    assert isinstance(refused, RefusedOrder)
    checkout.page.goto(refused.error_url)
    expect(ErrorPage(checkout.page).heading).to_be_visible()
    assert len(checkout.shop.admin_notices) == 1
    checkout.expect_nothing_paid()


@flow("backend/amount-updated")
def test_a_changed_basket_is_shown_and_charged(checkout: Checkout, cards: Cards) -> None:
    """After the basket changed, the SDK shows the new amount and exactly that is charged."""
    page = checkout.open(amount="12.5")

    order = checkout.change_amount("31.75")
    page.reload()

    expect(page.amount).to_contain_text(order.amount)
    expect(page.pay_button).to_contain_text(f"{order.amount} {order.currency_code}")
    page.card_form.fill(cards.approved)
    page.pay()
    checkout.expect(callback="success", state="paid")


@flow("backend/amount-updated")
def test_a_basket_changed_while_the_customer_looks_needs_no_new_page(
    checkout: Checkout, cards: Cards
) -> None:
    """Another quantity in the order summary reaches the SDK without loading the page again."""
    page = checkout.open(amount="10")

    order = checkout.change_quantity(page, 3)

    expect(page.order_total).to_contain_text(order.amount)
    expect(page.amount).to_contain_text(order.amount)
    page.card_form.fill(cards.approved)
    page.pay()
    checkout.expect(callback="success", state="paid")


@flow("backend/update-rejected")
def test_a_session_that_cannot_be_updated_is_replaced(
    checkout: Checkout, cards: Cards, api: CheckoutAPI
) -> None:
    """An update that fails validation ends that session, and the new one is what gets paid."""
    checkout.open()
    ended = checkout.order
    assert ended is not None
    api.operate("expire", session_id=ended.session_id)

    order = checkout.change_amount("20")

    assert order.session_id != ended.session_id
    page = checkout.visit(order)
    page.card_form.fill(cards.approved)
    page.pay()
    checkout.expect(callback="success", state="paid")
    checkout.expect(
        callback=None, state="expired", attempted=False, order=ended, ends_on="anywhere"
    )
