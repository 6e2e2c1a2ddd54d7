"""Cards whose bank asks the customer to prove who they are."""

from __future__ import annotations

from playwright.sync_api import expect

from fixtures.cards import Cards
from fixtures.checkout import Checkout
from harness.flows import flow


@flow("card/3ds-passed")
def test_a_passed_challenge_pays(checkout: Checkout, cards: Cards) -> None:
    """The bank sees what the customer is about to pay, and a passed challenge pays it."""
    page = checkout.open("3ds")

    page.card_form.fill(cards.challenged)
    page.pay()
    expect(page.three_ds.amount).to_contain_text(checkout.total_of("3ds"))
    expect(page.three_ds.card).to_contain_text(cards.challenged.last_four)
    page.three_ds.pass_()

    checkout.expect(callback="success", state="paid", challenge_occurred=True)


@flow("card/3ds-passed")
def test_a_frictionless_card_is_not_challenged(checkout: Checkout, cards: Cards) -> None:
    """A card that the bank trusts pays without a challenge, and says so."""
    page = checkout.open("3ds")

    page.card_form.fill(cards.frictionless)
    page.pay()

    checkout.expect(callback="success", state="paid", challenge_occurred=False)


@flow("card/3ds-failed")
def test_a_failed_challenge_cancels_and_the_customer_may_try_again(
    checkout: Checkout, cards: Cards
) -> None:
    """A customer who fails the bank's challenge is not charged and can pay with another card."""
    page = checkout.open("3ds")

    page.card_form.fill(cards.challenged)
    page.pay()
    page.three_ds.fail()
    checkout.expect(callback="cancel", state="attempted", challenge_occurred=True)

    page.popup.try_again()
    page.card_form.fill(cards.frictionless)
    page.pay()
    checkout.expect(callback="success", state="paid")


@flow("card/3ds-cancelled")
def test_a_challenge_given_up_on_the_banks_page_cancels(checkout: Checkout, cards: Cards) -> None:
    """A customer who presses Cancel on the bank's page is not charged."""
    page = checkout.open("3ds")

    page.card_form.fill(cards.challenged)
    page.pay()
    page.three_ds.cancel()

    checkout.expect(callback="cancel", state="attempted", challenge_occurred=True)


@flow("card/3ds-cancelled")
def test_a_closed_challenge_cancels(checkout: Checkout, cards: Cards) -> None:
    """A customer who closes the challenge without an answer is not charged and may try again."""
    page = checkout.open("3ds")

    page.card_form.fill(cards.challenged)
    page.pay()
    page.three_ds.walk_away()
    checkout.expect(callback="cancel", state="attempted", challenge_occurred=True)

    page.popup.try_again()
    page.card_form.fill(cards.challenged)
    page.pay()
    page.three_ds.pass_()
    checkout.expect(callback="success", state="paid", challenge_occurred=True)
