"""Cards that a customer keeps for the next time."""

from __future__ import annotations

from playwright.sync_api import expect

from fixtures.cards import Cards
from fixtures.checkout import Checkout
from harness.flows import flow
from harness.merchant.orders import Customer


def keep_a_card(checkout: Checkout, cards: Cards) -> str:
    """On an earlier visit the customer kept the card that needs no challenge; its last digits."""
    page = checkout.open()
    page.card_form.fill(cards.approved)
    page.keep_card()
    page.pay()
    checkout.expect(callback="success", state="paid")
    return cards.approved.last_four


def keep_a_challenged_card(checkout: Checkout, cards: Cards) -> str:
    """On an earlier visit the customer kept the card that is challenged; its last digits."""
    page = checkout.open("3ds")
    page.card_form.fill(cards.challenged)
    page.keep_card()
    page.pay()
    page.three_ds.pass_()
    checkout.expect(callback="success", state="paid", challenge_occurred=True)
    return cards.challenged.last_four


@flow("saved-card/saved")
def test_a_kept_card_is_offered_next_time(checkout: Checkout, cards: Cards) -> None:
    """A card kept while paying stands on top of the list on the customer's next visit."""
    last_four = keep_a_card(checkout, cards)

    page = checkout.open()

    expect(page.saved_cards.card(last_four)).to_be_visible()
    expect(page.saved_cards.card(last_four).get_by_role("radio")).to_be_checked()
    checkout.expect(callback=None, state="pending")


@flow("saved-card/saved")
def test_a_card_is_not_kept_without_being_asked_to(checkout: Checkout, cards: Cards) -> None:
    """A customer who leaves the switch alone finds no saved card next time."""
    page = checkout.open()
    page.card_form.fill(cards.approved)
    page.pay()
    checkout.expect(callback="success", state="paid")

    page = checkout.open()

    expect(page.saved_cards.rows).to_have_count(0)
    checkout.expect(callback=None, state="pending")


@flow("saved-card/saved")
def test_the_cards_of_others_are_not_offered(
    checkout: Checkout, cards: Cards, another_customer: Customer
) -> None:
    """Nobody is offered a card that somebody else kept at the same shop."""
    keep_a_card(checkout, cards)

    page = checkout.open(customer=another_customer.model_dump())

    expect(page.saved_cards.rows).to_have_count(0)
    checkout.expect(callback=None, state="pending")


@flow("saved-card/paid")
def test_a_saved_card_pays_without_typing(checkout: Checkout, cards: Cards) -> None:
    """A saved card pays at a press of the button."""
    last_four = keep_a_card(checkout, cards)
    page = checkout.open()

    page.saved_cards.choose(last_four)
    page.pay()

    checkout.expect(callback="success", state="paid", method="token_pay")


@flow("saved-card/paid")
def test_a_saved_card_pays_with_its_cvv(checkout: Checkout, cards: Cards) -> None:
    """Where the gateway wants it, the CVV of a saved card is asked for again."""
    page = checkout.open("3ds")
    page.card_form.fill(cards.frictionless)
    page.keep_card()
    page.pay()
    checkout.expect(callback="success", state="paid")

    page = checkout.open("3ds")
    page.saved_cards.choose(cards.frictionless.last_four)
    page.saved_cards.type_cvv(cards.frictionless.code)
    page.pay()

    checkout.expect(callback="success", state="paid", method="token_pay")


@flow("saved-card/3ds-passed")
def test_a_challenged_saved_card_pays(checkout: Checkout, cards: Cards) -> None:
    """A saved card can be challenged like any other, and pays when the customer passes."""
    last_four = keep_a_challenged_card(checkout, cards)
    page = checkout.open("3ds")

    page.saved_cards.choose(last_four)
    page.saved_cards.type_cvv(cards.challenged.code)
    page.pay()
    page.three_ds.pass_()

    checkout.expect(callback="success", state="paid", method="token_pay", challenge_occurred=True)


@flow("saved-card/3ds-failed")
def test_a_failed_challenge_of_a_saved_card_cancels(checkout: Checkout, cards: Cards) -> None:
    """A customer who fails the challenge of a saved card is not charged."""
    last_four = keep_a_challenged_card(checkout, cards)
    page = checkout.open("3ds")

    page.saved_cards.choose(last_four)
    page.saved_cards.type_cvv(cards.challenged.code)
    page.pay()
    page.three_ds.fail()

    checkout.expect(
        callback="cancel", state="attempted", method="token_pay", challenge_occurred=True
    )


@flow("saved-card/removed")
def test_a_removed_card_is_gone_for_good(checkout: Checkout, cards: Cards) -> None:
    """A card the customer removes is neither offered again nor known to the merchant."""
    last_four = keep_a_card(checkout, cards)
    page = checkout.open()

    page.saved_cards.remove(last_four)
    page.reload()

    expect(page.saved_cards.rows).to_have_count(0)
    assert checkout.saved_cards() == []
    checkout.expect(callback=None, state="pending")


@flow("saved-card/removed")
def test_a_removed_card_pays_nothing_in_another_tab(checkout: Checkout, cards: Cards) -> None:
    """A card that was removed in one tab cannot be charged in the one left open beside it."""
    last_four = keep_a_card(checkout, cards)
    left_open = checkout.open()
    checkout.another_tab().saved_cards.remove(last_four)

    checkout.turn_to(left_open)
    left_open.pay()

    checkout.expect(callback="error", state="pending", method="token_pay", attempted=False)


@flow("saved-card/removed")
def test_a_card_is_kept_after_second_thoughts(checkout: Checkout, cards: Cards) -> None:
    """A customer who thinks better of it keeps the card."""
    last_four = keep_a_card(checkout, cards)
    page = checkout.open()

    page.saved_cards.ask_to_remove(last_four)
    page.saved_cards.keep()

    expect(page.saved_cards.card(last_four)).to_be_visible()
    assert len(checkout.saved_cards()) == 1
    checkout.expect(callback=None, state="pending")
