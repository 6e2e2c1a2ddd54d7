"""Payment links: sent to a customer, opened on Ottu's hosted page."""

from __future__ import annotations

import pytest

from fixtures.cards import Cards
from fixtures.checkout import Checkout
from fixtures.links import Links
from harness.flows import flow, needs


@flow("link/shared")
@needs("outbox")
@pytest.mark.parametrize("channel", ["email", "sms", "whatsapp"])
def test_a_link_that_was_sent_pays(
    checkout: Checkout, cards: Cards, links: Links, channel: str
) -> None:
    """The link in the customer's e-mail, SMS or WhatsApp leads to a page that pays the order."""
    order = checkout.place(api_fields={"notifications": {channel: ["created"]}})

    page = links.open(links.sent_by(channel, order.session_id))
    page.card_form.fill(cards.approved)
    page.pay()

    checkout.expect(callback="success", state="paid", hooks=())


@flow("link/bulk")
def test_every_link_of_a_list_pays_its_own_amount(
    checkout: Checkout, cards: Cards, links: Links
) -> None:
    """Of many links made from one list, each pays exactly the amount it was made for."""
    orders = [checkout.place(amount=amount) for amount in ("4.25", "8.5", "17")]

    for order in orders:
        page = links.open(links.of(order.session_id))
        page.card_form.fill(cards.approved)
        page.pay()
        checkout.expect(callback="success", state="paid", hooks=(), order=order)
