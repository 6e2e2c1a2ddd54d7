"""Cards typed into the form on the merchant's page."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from fixtures.cards import Cards
from fixtures.checkout import Checkout
from harness.flows import flow, needs


@flow("card/paid")
def test_a_card_pays(checkout: Checkout, cards: Cards) -> None:
    """A customer types a card in and pays; the merchant takes them back as paid."""
    page = checkout.open()

    page.card_form.fill(cards.approved)
    page.pay()

    checkout.expect(callback="success", state="paid")


@flow("card/paid")
@pytest.mark.parametrize(
    ("amount", "currency"), [("7.005", "KWD"), ("7.05", "SAR"), ("705", "JPY")]
)
def test_a_card_pays_in_the_decimals_of_the_currency(
    checkout: Checkout, cards: Cards, amount: str, currency: str
) -> None:
    """Three, two and no decimals are shown, charged and reported without losing a digit."""
    page = checkout.open(amount=amount, currency=currency)

    expect(page.amount).to_contain_text(f"{amount} {currency}")
    page.card_form.fill(cards.approved)
    page.pay()

    checkout.expect(callback="success", state="paid")


@flow("card/paid")
def test_the_fee_of_the_method_is_shown_and_charged_once(checkout: Checkout, cards: Cards) -> None:
    """Where the gateway takes a fee, the button names the sum that is charged in the end."""
    page = checkout.open("3ds", amount="12.5")

    total = checkout.total_of("3ds")
    assert Decimal(total) > Decimal(checkout.amount)
    expect(page.pay_button).to_contain_text(total)
    page.card_form.fill(cards.frictionless)
    page.pay()

    checkout.expect(callback="success", state="paid")


@flow("card/paid")
def test_an_impatient_double_click_pays_once(checkout: Checkout, cards: Cards) -> None:
    """Two clicks on the button make one payment."""
    page = checkout.open()

    page.card_form.fill(cards.approved)
    page.pay_button.dblclick()

    checkout.expect(callback="success", state="paid")


@flow("card/paid")
def test_a_reloaded_page_still_pays_its_session(checkout: Checkout, cards: Cards) -> None:
    """Loading the page again in the middle loses nothing but what was typed."""
    page = checkout.open()
    page.card_form.fill(cards.approved)
    page.reload()

    page.card_form.fill(cards.approved)
    page.pay()

    checkout.expect(callback="success", state="paid")


@flow("card/paid")
def test_a_paid_session_cannot_be_paid_in_another_tab(checkout: Checkout, cards: Cards) -> None:
    """A customer who has paid in one tab is not charged again in the one left open beside it."""
    left_open = checkout.open()
    left_open.card_form.fill(cards.approved)
    page = checkout.another_tab()
    page.card_form.fill(cards.approved)
    page.pay()
    checkout.expect(callback="success", state="paid")

    checkout.turn_to(left_open)
    left_open.pay()

    checkout.expect(callback="cancel", state="paid", attempted=False)


@flow("card/paid")
def test_the_merchant_may_refuse_before_anything_is_sent(checkout: Checkout, cards: Cards) -> None:
    """A rejected validatePayment stops the payment before it starts."""
    page = checkout.open(validate_payment="terms")
    page.card_form.fill(cards.approved)
    page.pay()
    checkout.expect(callback=None, state="pending", attempted=False, hooks=("validate_payment",))

    page.accept_terms()
    page.pay()

    checkout.expect(callback="success", state="paid")


@flow("card/declined")
def test_a_declined_card_cancels_and_another_one_pays(checkout: Checkout, cards: Cards) -> None:
    """A declined customer is told, is not charged, and can pay with another card."""
    page = checkout.open()

    page.card_form.fill(cards.declined)
    page.pay()
    checkout.expect(callback="cancel", state="attempted")

    page.popup.try_again()
    expect(page.card_form.cvv).to_have_value("")
    page.card_form.fill(cards.approved)
    page.pay()
    checkout.expect(callback="success", state="paid")


@flow("card/declined")
def test_an_error_at_the_gateway_cancels(checkout: Checkout, cards: Cards) -> None:
    """A gateway that errs on a card ends the attempt like one that declines it."""
    page = checkout.open()

    page.card_form.fill(cards.erring)
    page.pay()

    checkout.expect(callback="cancel", state="attempted")


@flow("card/declined-single-trial")
@needs("gateways")
def test_a_single_trial_that_is_declined_ends_the_session(checkout: Checkout, cards: Cards) -> None:
    """Where one trial is allowed, a declined card fails the payment for good."""
    page = checkout.open("single-trial")

    page.card_form.fill(cards.of("single-trial", "declined"))
    page.pay()
    checkout.expect(callback="cancel", state="failed")

    page.reload()
    expect(page.pay_button).to_have_count(0)
    checkout.expect(callback="cancel", state="failed", attempted=False, hooks=())


@flow("card/form-error")
@pytest.mark.parametrize(
    ("slip", "message"),
    [
        ({"month": "01", "year": "2020"}, "Card has expired"),
        ({"month": "13"}, "Invalid month"),
        ({"number": "4111111111111112"}, "Invalid card number"),
        ({"code": ""}, "This field is required"),
        ({"code": "1"}, "Invalid CVV code"),
    ],
    ids=["past-expiry", "month-13", "bad-number", "no-cvv", "short-cvv"],
)
def test_a_slip_is_told_at_its_field_and_can_be_corrected(
    checkout: Checkout, cards: Cards, slip: dict[str, str], message: str
) -> None:
    """A form error is shown at the field and nothing fires; corrected, the card pays."""
    page = checkout.open()

    page.card_form.fill(replace(cards.approved, **slip))
    page.pay()
    expect(page.card_form.message(message)).to_be_visible()
    checkout.expect(callback=None, state="pending", attempted=False)

    page.card_form.fill(cards.approved)
    page.pay()
    checkout.expect(callback="success", state="paid")


@flow("card/form-error")
def test_an_arabic_form_tells_its_errors_in_arabic(checkout: Checkout, cards: Cards) -> None:
    """What is wrong with a field is said in the language of the checkout."""
    page = checkout.open(lang="ar")

    page.card_form.fill(replace(cards.approved, year="2020"))
    page.pay()

    expect(page.card_form.message("انتهت صلاحية البطاقة")).to_be_visible()
    checkout.expect(callback=None, state="pending", attempted=False)
