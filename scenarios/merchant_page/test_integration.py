"""Is this page wired as Ottu documents? Each scenario is one visit to the page of `--merchant-url`.

The last one pays, so that a page which shows the same order every time can still be judged.
"""

from __future__ import annotations

from fixtures.page_visit import MerchantPage


def test_the_page_brings_the_checkout_in_as_documented(merchant_page: MerchantPage) -> None:
    """Script, attributes, Checkout.init, policy and keys are as Ottu documents them."""
    with merchant_page.visited():
        merchant_page.look_around()

    merchant_page.demand(
        "sdk-address",
        "init-options",
        "checkout-shown",
        "callbacks-named",
        "callbacks-defined",
        "policy",
        "private-key",
        "public-key",
    )


def test_a_refused_knet_payment_is_shown_with_its_receipt(merchant_page: MerchantPage) -> None:
    """A customer whom KNET refuses sees KNET's own answer."""
    with merchant_page.visited() as customer:
        customer.be_refused_by_knet()

    merchant_page.demand("knet-receipt")


def test_a_customer_is_told_before_being_sent_to_a_gateway(merchant_page: MerchantPage) -> None:
    """Whoever pays with KNET is told of it, and is sent to KNET's page."""
    with merchant_page.visited() as customer:
        customer.leave_for_a_gateway()

    merchant_page.demand("hooks-settle", "redirect-popup")


def test_a_failure_of_the_system_is_told(merchant_page: MerchantPage) -> None:
    """A customer for whom Ottu cannot be reached is told that something went wrong."""
    with merchant_page.visited() as customer:
        customer.meet_a_failure()

    merchant_page.demand("error-told", "callbacks-complete")


def test_a_declined_customer_is_told_and_can_go_on(merchant_page: MerchantPage) -> None:
    """A customer whose card is declined is told so, and has the page and the basket back."""
    with merchant_page.visited() as customer:
        customer.pay_by_card("declined")

    merchant_page.demand(
        "policy", "hooks-settle", "cancel-told", "basket-unfrozen", "callbacks-complete"
    )


def test_a_customer_who_paid_is_taken_to_the_redirect_url(merchant_page: MerchantPage) -> None:
    """A customer whose card pays ends on the merchant's page for it."""
    with merchant_page.visited() as customer:
        customer.pay_by_card("approved")
        customer.be_taken_on()

    merchant_page.demand("hooks-settle", "redirect-followed", "callbacks-complete")
