"""Sessions that run out, and sessions that only reserve the money."""

from __future__ import annotations

from playwright.sync_api import expect

from fixtures.cards import Cards
from fixtures.checkout import Checkout
from fixtures.target import Powers
from harness.api import CheckoutAPI
from harness.flows import flow, needs

_TWO_DAYS_S = 2 * 24 * 60 * 60


@flow("session/expired")
@needs("clock")
def test_a_session_runs_out_under_the_customers_eyes(
    checkout: Checkout, cards: Cards, powers: Powers
) -> None:
    """A customer who hesitates too long is not charged, and is told why."""
    page = checkout.open()
    page.card_form.fill(cards.approved)
    powers.sandbox.turn_clock(_TWO_DAYS_S)

    page.pay()

    checkout.expect(callback="cancel", state="expired", attempted=False)
    expect(page.popup.error).to_contain_text("expired")


@flow("session/expired")
def test_a_session_the_merchant_expires_cannot_be_paid(
    checkout: Checkout, cards: Cards, api: CheckoutAPI
) -> None:
    """Once the merchant has expired a session, a card typed in before charges nothing."""
    page = checkout.open()
    page.card_form.fill(cards.approved)
    api.operate("expire", session_id=checkout.session_id)

    page.pay()

    checkout.expect(callback="cancel", state="expired", attempted=False)


@flow("session/authorized")
def test_an_authorised_payment_is_captured_afterwards(
    checkout: Checkout, cards: Cards, api: CheckoutAPI
) -> None:
    """A gateway that only authorises reserves the money, and the merchant captures it later."""
    page = checkout.open("authorize")
    page.card_form.fill(cards.of("authorize", "approved"))
    page.pay()
    checkout.expect(callback="success", state="authorized")

    captured = api.operate("capture", session_id=checkout.session_id)

    assert captured.success is True
    assert captured.amount == checkout.amount
    assert api.retrieve(checkout.session_id).state == "paid"
