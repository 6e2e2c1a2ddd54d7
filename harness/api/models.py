"""What the Checkout API answers. Fields the harness reads are typed, all others are kept.

A live Ottu adds fields between releases, so a field not named here must not be an error, and a
field that is optional in Ottu's own description is optional here. Amounts are decimal strings in
the currency's own decimals ("12.500" for KWD), as the API writes them.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _no_float(value: object) -> object:
    # A float has lost the digits the API wrote ("12.500" is 12.5), and money is compared by them.
    if isinstance(value, float):
        raise ValueError("an amount must not pass through a float")  # noqa: TRY004
    return value


Amount = Annotated[str, BeforeValidator(_no_float)]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="allow", coerce_numbers_to_str=True, frozen=True)

    @property
    def everything(self) -> dict[str, Any]:
        """All fields as they came, those that have no name here included."""
        return self.model_dump(mode="python")


class PaymentMethod(_Answer):
    """An entry of `payment_methods` of a transaction; `amount` includes `fee`."""

    code: str
    name: str = ""
    type: str = ""
    amount: Amount | None = None
    currency_code: str | None = None
    fee: Amount | None = None
    fee_description: str | None = None
    flow: str = "redirect"
    redirect_url: str | None = None


class Transaction(_Answer):
    """A payment transaction: create, retrieve and update answer with it."""

    session_id: str
    state: str
    amount: Amount
    currency_code: str
    order_no: str | None = None
    operation: str | None = None
    payment_type: str | None = None
    customer_id: str | None = None
    checkout_url: str | None = None
    checkout_page_url: str | None = None
    checkout_short_url: str | None = None
    redirect_url: str | None = None
    webhook_url: str | None = None
    reference_number: str | None = None
    paid_amount: Amount | None = None
    payment_methods: list[PaymentMethod] = []
    sdk_setup_preload_payload: dict[str, Any] | None = None


class Inquiry(_Answer):
    """The answer of a payment status inquiry: shaped like the webhook (Ottu's *SchemaWebhook*)."""

    session_id: str
    state: str
    result: str | None = None
    amount: Amount | None = None
    currency_code: str | None = None
    order_no: str | None = None
    reference_number: str | None = None
    gateway_account: str | None = None
    gateway_name: str | None = None
    paid_amount: Amount | None = None
    fee: Amount | None = None
    signature: str | None = None


class OperationResult(_Answer):
    """The answer to an operation; `detail` comes with internal ones (cancel, expire, delete)."""

    operation: str | None = None
    result: str | None = None
    detail: str | None = None
    session_id: str | None = None
    order_no: str | None = None
    amount: Amount | None = None
    reference_number: str | None = None
    success: bool | None = None


class AvailableMethod(_Answer):
    """A gateway a merchant may use: an entry of the payment-methods answer."""

    code: str
    name: str = ""
    pg: str | None = None
    is_sandbox: bool | None = None
    default_currency: str | None = None
    accepted_currencies: list[str] = []
    operation: str | None = None
    is_tokenizable: bool | None = None
    wallets: list[Any] = []
    tags: list[str] = []


class AvailableMethods(_Answer):
    """The payment-methods answer."""

    payment_methods: list[AvailableMethod]


class SavedCard(_Answer):
    """A token of a customer: an entry of the card list. `number` is masked ("**** 1019")."""

    token: str
    customer_id: str
    brand: str | None = None
    number: str | None = None
    expiry_month: str | None = None
    expiry_year: str | None = None
    name_on_card: str | None = None
    cvv_required: bool | None = None
    is_expired: bool | None = None
    is_preferred: bool | None = None
    pg_code: str | None = None
    pg_name: str | None = None
