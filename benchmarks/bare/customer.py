"""One customer in one browser context, and the six things they do."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, expect

APPLE_DEVICE = Path(__file__).parents[2] / "harness" / "wallets" / "apple_pay.js"
APPROVED = ("411111111111111", "01/39", "100")
CHALLENGED = ("4508750015741019", "01/39", "100")
AMOUNT = "12.500"


@dataclass
class Customer:
    """A tab, a shop and the Checkout API; `calls` are the callbacks that ran."""

    page: Page
    api: httpx.Client
    shop: str
    id: str = field(default_factory=lambda: f"bare-{secrets.token_hex(8)}")
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    session_id: str = ""

    def __post_init__(self) -> None:
        self.page.expose_function("recordCallback", lambda *call: self.calls.append(call))

    def order(self, gateway: str) -> None:
        """Make a session and open the page on which it is paid."""
        answer = self.api.post(
            "/b/checkout/v1/pymt-txn/",
            json={
                "type": "e_commerce",
                "amount": AMOUNT,
                "currency_code": "KWD",
                "pg_codes": [gateway],
                "order_no": f"B-{secrets.token_hex(5)}",
                "customer_id": self.id,
                "customer_first_name": "Fatima",
                "customer_last_name": "Salem",
                "customer_email": "fatima@example.com",
                "customer_phone": "96550000000",
                "redirect_url": f"{self.shop}/return",
                "webhook_url": f"{self.shop}/webhook",
            },
        )
        assert answer.status_code == 201, answer.text
        self.session_id = answer.json()["session_id"]
        self.calls.clear()
        self.page.goto(f"{self.shop}/checkout?session_id={self.session_id}")

    def transaction(self) -> dict[str, Any]:
        """What the Checkout API says of the session."""
        answer = self.api.get(f"/b/checkout/v1/pymt-txn/{self.session_id}")
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    def type_in(self, card: tuple[str, str, str]) -> None:
        """Fill the card form in."""
        form = self.page.frame_locator('iframe[title="Card details"]')
        form.get_by_role("textbox", name="Card Number").fill(card[0])
        form.get_by_role("textbox", name=re.compile("MM.YY")).fill(card[1])
        form.get_by_role("textbox", name="CVV").fill(card[2])

    def pay(self) -> None:
        """Press Pay."""
        self.page.get_by_role("button", name=re.compile("^Pay ")).click()

    def has_paid(self, form_of_payment: str, *, challenged: bool = False) -> None:
        """One success callback with the right payload, the way back, and a paid transaction."""
        self.page.wait_for_url("**/return?**")
        assert [name for name, _ in self.calls] == ["success"], self.calls
        payload = self.calls[0][1]
        assert payload["status"] == "success"
        assert payload["session_id"] == self.session_id
        assert payload["form_of_payment"] == form_of_payment
        assert bool(payload.get("challenge_occurred")) == challenged
        self.is_paid()

    def is_paid(self) -> None:
        """The Checkout API and the shop's page say so."""
        transaction = self.transaction()
        assert transaction["state"] == "paid", transaction
        assert transaction["amount"] == AMOUNT
        expect(self.page.locator("#order-state")).to_have_text("paid")


def card_paid(customer: Customer) -> None:
    customer.order("ottu-sandbox")
    customer.type_in(APPROVED)
    customer.pay()
    customer.has_paid("card_onsite")


def form_error(customer: Customer) -> None:
    customer.order("ottu-sandbox")
    customer.type_in(("4111111111111112", *APPROVED[1:]))
    customer.pay()
    form = customer.page.frame_locator('iframe[title="Card details"]')
    expect(form.get_by_text("Invalid card number")).to_be_visible()
    assert customer.calls == []
    assert customer.transaction()["state"] == "pending"
    customer.type_in(APPROVED)
    customer.pay()
    customer.has_paid("card_onsite")


def three_ds_passed(customer: Customer) -> None:
    customer.order("mpgs-sandbox")
    customer.type_in(CHALLENGED)
    customer.pay()
    bank = customer.page.frame_locator('iframe[title="3D Secure"]').frame_locator(
        'iframe[title="3D Secure challenge"]'
    )
    total = customer.transaction()["payment_methods"][0]["amount"]
    expect(bank.locator("tr").filter(has_text="Amount:")).to_contain_text(total)
    expect(bank.locator("tr").filter(has_text="Card Number:")).to_contain_text(CHALLENGED[0][-4:])
    bank.get_by_label("Authentication Result").select_option("Y")
    bank.get_by_role("button", name="Submit").click()
    customer.has_paid("card_onsite", challenged=True)


def saved_card(customer: Customer) -> None:
    customer.order("ottu-sandbox")
    customer.type_in(APPROVED)
    customer.page.get_by_role("switch", name=re.compile("Save Your Card")).check()
    customer.pay()
    customer.has_paid("card_onsite")
    customer.order("ottu-sandbox")
    row = customer.page.locator('[name="token_pay"]').filter(has_text=APPROVED[0][-4:])
    row.get_by_role("radio").check()
    customer.pay()
    customer.has_paid("token_pay")


def redirect_paid(customer: Customer) -> None:
    customer.order("knet-sandbox")
    customer.pay()
    page = customer.page
    page.get_by_label("Card Number").fill("8888880000000001")
    page.get_by_label("Month").select_option("09")
    page.get_by_label("Year").select_option("2030")
    page.get_by_label("PIN").fill("1234")
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url("**/return?**")
    assert customer.calls == []
    customer.is_paid()


def apple_pay(customer: Customer) -> None:
    customer.page.add_init_script(path=APPLE_DEVICE)
    customer.order("ottu-sandbox")
    customer.page.get_by_role("button", name="Apple Pay").click()
    sheet = customer.page.get_by_role("dialog", name="Apple Pay")
    expect(sheet).to_contain_text(AMOUNT)
    sheet.get_by_role("button", name="Pay with Touch ID").click()
    customer.has_paid("apple_pay")


SCENARIOS: dict[str, Callable[[Customer], None]] = {
    "card paid": card_paid,
    "form error": form_error,
    "3DS passed": three_ds_passed,
    "saved card": saved_card,
    "redirect paid": redirect_paid,
    "Apple Pay": apple_pay,
}
