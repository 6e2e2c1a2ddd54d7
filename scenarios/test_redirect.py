"""Gateways with a payment page of their own, and the way back from there."""

from __future__ import annotations

from playwright.sync_api import expect

from fixtures.cards import Cards
from fixtures.checkout import Checkout
from fixtures.gateways import Gateways
from fixtures.target import Powers
from harness.flows import flow, needs
from pages import CardPage, KnetPage, ReturnPage


@flow("redirect/paid")
def test_knet_pays_and_sends_the_customer_back(checkout: Checkout, cards: Cards) -> None:
    """A customer pays on KNET's page and comes back to a merchant who knows it."""
    page = checkout.open("knet")

    page.pay()
    KnetPage(checkout.page).pay(cards.of("knet", "approved"))

    checkout.expect(callback=None, state="paid")
    expect(ReturnPage(checkout.page).state).to_have_text("paid")


@flow("redirect/paid")
def test_a_card_page_pays_and_sends_the_customer_back(checkout: Checkout, cards: Cards) -> None:
    """A customer pays on a card gateway's own page and comes back as paid."""
    page = checkout.open("card-page")

    page.pay()
    CardPage(checkout.page).pay(cards.of("card-page", "approved"))

    checkout.expect(callback=None, state="paid")
    expect(ReturnPage(checkout.page).state).to_have_text("paid")


@flow("redirect/paid")
def test_a_tampered_address_leads_nowhere_else(checkout: Checkout, cards: Cards) -> None:
    """Whatever somebody writes into the gateway's address, the customer comes back to the shop."""
    page = checkout.open("knet")
    page.pay()
    knet = KnetPage(checkout.page)
    expect(knet.number).to_be_editable()

    checkout.page.goto(f"{checkout.page.url}?redirect_url=https://elsewhere.example/")
    knet.pay(cards.of("knet", "approved"))

    checkout.expect(callback=None, state="paid")


@flow("redirect/declined")
def test_knet_declines_and_sends_the_customer_back(checkout: Checkout, cards: Cards) -> None:
    """A payment that KNET does not capture brings the customer back unpaid."""
    page = checkout.open("knet")

    page.pay()
    KnetPage(checkout.page).pay(cards.of("knet", "declined"))

    checkout.expect(callback=None, state="attempted", ends_on="return")
    expect(ReturnPage(checkout.page).state).to_have_text("attempted")


@flow("redirect/declined")
def test_a_card_page_declines_and_sends_the_customer_back(checkout: Checkout, cards: Cards) -> None:
    """A declined card on the gateway's own page brings the customer back unpaid."""
    page = checkout.open("card-page")

    page.pay()
    CardPage(checkout.page).pay(cards.of("card-page", "declined"))

    checkout.expect(callback=None, state="attempted", ends_on="return")


@flow("redirect/cancelled")
def test_a_customer_gives_up_on_the_gateways_page(checkout: Checkout, cards: Cards) -> None:
    """A customer who cancels at the gateway comes back unpaid and can still pay."""
    page = checkout.open("knet", "card")
    page.choose(checkout.code_of("knet"))
    page.pay()
    KnetPage(checkout.page).cancel()
    checkout.expect(callback=None, state="attempted", gateway="knet", ends_on="return")

    page = checkout.visit_again()
    page.choose(checkout.code_of("card"))
    page.card_form.fill(cards.approved)
    page.pay()
    checkout.expect(callback="success", state="paid", gateway="card")


@flow("redirect/unavailable")
@needs("outages")
def test_a_gateway_that_makes_no_link_is_an_error(
    checkout: Checkout, gateways: Gateways, powers: Powers
) -> None:
    """When the gateway cannot make its payment link, the customer is told and stays."""
    page = checkout.open("knet")
    powers.sandbox.take_down([gateways.of_kind("knet").code])

    page.pay()

    checkout.expect(callback="error", state="pending", attempted=False)
    expect(page.popup.error).to_be_visible()
