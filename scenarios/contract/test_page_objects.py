"""The page-object contract: everything that page objects look for is in the checkout.

`harness doctor` and `harness drift` play these acts; a run of all scenarios leaves them out. What
stands before the colon is what they call an act.
"""

from __future__ import annotations

import pytest

from fixtures.cards import Cards
from fixtures.checkout import Checkout
from fixtures.contract import Contract
from fixtures.links import Links
from harness.callbacks import CallbackRecorder
from harness.flows import flow
from harness.merchant.shop import Shop
from pages import CardPage, KnetPage, SummaryPage


@flow("frontend/methods-rendered")
def test_the_checkout(checkout: Checkout, contract: Contract) -> None:
    """The checkout: rows, amount, fee, card form, the switch that keeps a card, the button."""
    page = contract.visit("card")

    contract.look(page, "methods", "amount", "pay_button", "save_card")
    if checkout.total_of("card") != checkout.amount:
        contract.look(page, "fees")
    contract.look(page.card_form, "number", "expiry", "cvv")
    contract.note_surface()
    page.pay()
    contract.look(page.card_form, "messages")
    contract.picture()
    contract.look_at_popups(page)

    checkout.expect(callback=None, state="pending", attempted=False)
    contract.hold()


@flow("card/3ds-cancelled")
def test_a_challenge(
    checkout: Checkout, contract: Contract, cards: Cards, recorder: CallbackRecorder
) -> None:
    """The bank's challenge: a dialog with the bank's page in it, and ways out of it."""
    page = contract.visit("3ds")
    if checkout.total_of("3ds") != checkout.amount:
        contract.look(page, "fees")
    page.card_form.fill(cards.challenged)
    page.pay()

    contract.look(page.three_ds, "result", "dialog", "merchant", "amount", "card")
    contract.look(page.three_ds, "submit_button", "cancel_button", "close_button")
    contract.picture()
    page.three_ds.walk_away()

    checkout.expect(callback="cancel", state="attempted", challenge_occurred=True)
    contract.note_callbacks(recorder)
    contract.hold()


@flow("saved-card/removed")
@pytest.mark.usefixtures("payments_may_be_made")
def test_saved_cards(
    checkout: Checkout, contract: Contract, cards: Cards, recorder: CallbackRecorder
) -> None:
    """Saved cards: a card is kept, offered next time, its code asked for, and removed."""
    page = contract.visit("3ds")
    page.card_form.fill(cards.frictionless)
    page.keep_card()
    page.pay()
    checkout.expect(callback="success", state="paid")
    contract.note_callbacks(recorder)
    contract.note_the_paid()

    page = contract.visit("3ds")
    contract.look(page.saved_cards, "rows", "cvv")
    page.saved_cards.ask_to_remove(cards.frictionless.last_four)
    contract.look(page.saved_cards, "removal", "remove_button", "keep_button")
    contract.picture()
    page.saved_cards.keep()
    page.saved_cards.remove(cards.frictionless.last_four)

    checkout.expect(callback=None, state="pending")
    contract.hold()


@flow("redirect/cancelled")
def test_knets_page(checkout: Checkout, contract: Contract, recorder: CallbackRecorder) -> None:
    """KNET's page: card number, expiry, PIN, and the buttons that pay and cancel."""
    page = contract.visit("knet")
    page.pay()

    knet = KnetPage(checkout.page)
    contract.look(knet, "number", "month", "year", "pin")
    contract.look(knet, "submit_button", "cancel_button")
    contract.picture()
    knet.cancel()

    checkout.expect(callback=None, state="attempted", ends_on="return")
    contract.note_callbacks(recorder)
    contract.hold()


@flow("redirect/cancelled")
def test_a_card_page(checkout: Checkout, contract: Contract) -> None:
    """A card gateway's page: name, number, expiry, CVV, and the buttons that pay and cancel."""
    page = contract.visit("card-page")
    page.pay()

    card_page = CardPage(checkout.page)
    contract.look(card_page, "number", "name", "expiry", "cvv", "submit_button", "cancel_button")
    contract.picture()
    card_page.cancel()

    checkout.expect(callback=None, state="attempted", ends_on="return")
    contract.hold()


@flow("apple-pay/cancelled")
@pytest.mark.usefixtures("apple_device")
def test_apple_pay(checkout: Checkout, contract: Contract) -> None:
    """Apple Pay: the button, on a device that has it, and the device's sheet."""
    page = contract.visit("apple-pay")
    contract.look(page.apple_pay, "button")
    page.apple_pay.open()
    contract.look(page.apple_pay, "sheet", "confirm_button", "cancel_button")
    contract.picture()
    page.apple_pay.dismiss()

    checkout.expect(callback="cancel", state="pending", method="apple_pay", attempted=False)
    contract.hold()


@flow("link/shared")
@pytest.mark.usefixtures("payments_may_be_made")
def test_the_hosted_page(
    checkout: Checkout, contract: Contract, cards: Cards, links: Links, shop: Shop
) -> None:
    """The hosted page: the same checkout on a page of Ottu's own, and Ottu's own result page."""
    shop.webhook_status = 201  # for any answer but 200, Ottu keeps the customer
    order = checkout.place()
    page = links.open(links.of(order.session_id))
    contract.look(page, "wrapper", "rendered", "methods", "pay_button", "heading")
    contract.picture()
    checkout.expect(callback=None, state="pending", hooks=(), ends_on="anywhere")

    page.card_form.fill(cards.approved)
    page.pay()
    contract.look(SummaryPage(checkout.page), "heading", "paid")
    contract.hold()
