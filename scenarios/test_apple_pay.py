"""Apple Pay on a device that has it, and on one that has not."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from fixtures.checkout import Checkout
from harness.flows import flow, needs


@flow("apple-pay/paid")
@needs("wallet_tokens", "apple_pay")
@pytest.mark.usefixtures("apple_device")
def test_an_authorised_sheet_pays(checkout: Checkout) -> None:
    """A customer confirms the sheet and has paid."""
    page = checkout.open("apple-pay")

    page.apple_pay.open()
    expect(page.apple_pay.sheet).to_contain_text(checkout.total_of("apple-pay"))
    page.apple_pay.authorize()

    checkout.expect(callback="success", state="paid", method="apple_pay")


@flow("apple-pay/declined")
@needs("wallet_tokens", "apple_pay")
@pytest.mark.usefixtures("apple_device")
def test_a_declined_wallet_payment_cancels(checkout: Checkout) -> None:
    """A customer confirms the sheet, the gateway declines, and nothing is charged."""
    page = checkout.open("apple-pay", extra={"sandbox_result": "failed"})

    page.apple_pay.open()
    page.apple_pay.authorize()

    checkout.expect(callback="cancel", state="attempted", method="apple_pay")


@flow("apple-pay/cancelled")
@needs("wallet_tokens", "apple_pay")
@pytest.mark.usefixtures("apple_device")
def test_a_dismissed_sheet_cancels_and_can_be_opened_again(checkout: Checkout) -> None:
    """A dismissed sheet is no attempt: the session is as it was, and pays the next time."""
    page = checkout.open("apple-pay")

    page.apple_pay.open()
    page.apple_pay.dismiss()
    checkout.expect(callback="cancel", state="pending", method="apple_pay", attempted=False)

    page.apple_pay.open()
    page.apple_pay.authorize()
    checkout.expect(callback="success", state="paid", method="apple_pay")


@flow("apple-pay/unavailable")
@needs("no_apple_pay")
def test_other_devices_are_not_offered_apple_pay(checkout: Checkout) -> None:
    """Without an Apple device there is no Apple Pay button, whatever the session offers."""
    page = checkout.open("apple-pay")

    expect(page.pay_button).to_be_visible()
    expect(page.apple_pay.button).to_have_count(0)
    checkout.expect(callback=None, state="pending")
