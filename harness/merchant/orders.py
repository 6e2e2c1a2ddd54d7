"""What a customer orders, and how the page they pay on is to behave."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from harness.merchant.prices import times

# What `validatePayment` and `beforePayment` do. None: not defined and not named on the script;
# "missing": named on the script and not defined, as some integrations have it.
_VALIDATE = r"resolve|reject|terms|throw|missing"
_BEFORE = r"resolve|reject|throw|missing|update:.+"


def order_number(run: str = "") -> str:
    """A new one, with the id of the run that makes it, if it has one.

    Its letters keep it from ever being taken for a card number.
    """
    return "-".join(part for part in ("DH", run, secrets.token_hex(5).upper()) if part)


class Customer(BaseModel):
    """The customer as the shop knows them; `id` is what cards are saved under."""

    model_config = ConfigDict(extra="forbid")

    id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None

    def api_fields(self) -> dict[str, str]:
        """These, under the names the Checkout API has for them."""
        return {f"customer_{name}": value for name, value in self if value is not None}


class OrderRequest(BaseModel):
    """The body of `POST {shop}/orders`.

    Attributes:
        amount: what the customer owes, a decimal string; forwarded to the API as it is.
        currency_code: ISO 4217.
        pg_codes: gateways to offer; when empty, all that the API says the merchant has.
        lang: of the page and of the SDK.
        payment_type, extra, expiration_time: the API's fields of that name.
        card_acceptance: the API's `card_acceptance_criteria`.
        api_fields: any other field of the API's create call; wins over all of the above.
        forms_of_payment, display_mode, theme: the SDK's options; left out when None.
        init: any other option of `Checkout.init`; wins, and a null takes an option out.
        preload: hand the SDK its set-up with the page, which saves it a request.
        validate_payment: what the page's `validatePayment` does: "resolve", "reject",
            "throw", "terms" (rejects until the terms box is ticked), None or "missing".
        before_payment: the same for `beforePayment`, and "update:<amount>": changes the amount
            through the shop's backend first.
        after_success: whether a successful customer is sent to `redirect_url` or stays.
        callbacks: whether the script's attributes name functions or addresses.
        sdk_loading: a script element in the page, or one that the page's own script inserts.
        csp: the page's Content-Security-Policy: none, the one Ottu documents, or that one
            with Trusted Types enforced.
    """

    model_config = ConfigDict(extra="forbid")

    amount: str
    currency_code: str = "KWD"
    pg_codes: list[str] = []
    product: str = "Yirgacheffe coffee, 250 g"
    customer: Customer = Customer()
    lang: Literal["en", "ar"] = "en"
    payment_type: str | None = None
    extra: dict[str, Any] | None = None
    expiration_time: str | None = None
    card_acceptance: dict[str, Any] | None = None
    api_fields: dict[str, Any] = {}
    forms_of_payment: list[str] | None = None
    display_mode: Literal["column", "grid"] | None = None
    theme: dict[str, Any] | None = None
    init: dict[str, Any] = {}
    preload: bool = False
    validate_payment: Annotated[str, Field(pattern=rf"^({_VALIDATE})$")] | None = "resolve"
    before_payment: Annotated[str, Field(pattern=rf"^({_BEFORE})$")] | None = "resolve"
    after_success: Literal["redirect", "stay"] = "redirect"
    callbacks: Literal["functions", "urls"] = "functions"
    sdk_loading: Literal["tag", "dynamic"] = "tag"
    csp: Literal["documented", "trusted-types"] | None = None


@dataclass(slots=True)
class Order:
    """An order in the shop, with the session that pays for it."""

    order_no: str
    request: OrderRequest
    unit_price: str
    quantity: int = 1
    session_id: str = ""
    preload: dict[str, Any] | None = None
    former_sessions: list[str] = field(default_factory=list)
    # Two changes of one order at a time could leave it with the session of neither.
    changing: threading.Lock = field(default_factory=threading.Lock)

    @property
    def amount(self) -> str:
        """What the customer owes, as it was or would be sent to the API."""
        return times(self.unit_price, self.quantity, self.request.currency_code)

    def api_fields(self, redirect_url: str, webhook_url: str | None) -> dict[str, object]:
        """The body of the create call for this order."""
        asked = self.request
        fields: dict[str, object] = {
            "type": "e_commerce",
            "amount": self.amount,
            "currency_code": asked.currency_code,
            "pg_codes": asked.pg_codes,
            "order_no": self.order_no,
            "language": asked.lang,
            "redirect_url": redirect_url,
            **asked.customer.api_fields(),
        }
        optional = {
            "webhook_url": webhook_url,
            "payment_type": asked.payment_type,
            "extra": asked.extra,
            "expiration_time": asked.expiration_time,
            "card_acceptance_criteria": asked.card_acceptance,
            "include_sdk_setup_preload": asked.preload or None,
        }
        fields |= {name: value for name, value in optional.items() if value is not None}
        return fields | asked.api_fields
