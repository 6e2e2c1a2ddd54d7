"""Invoices: goods, taxes and discounts that add up to the amount of a payment transaction."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from . import money
from . import validation as v
from .checkout import Checkout
from .errors import Invalid
from .tenants import Part
from .transactions import Transaction

_ITEM: Final[dict[str, v.Rule]] = {
    "sku": v.string(255),
    "description": v.string(255),
    "quantity": v.decimal(Decimal("0.001"), Decimal(1_000_000)),
    "unit_price": v.decimal(Decimal(0), money.LARGEST),
    "tax_rate": v.decimal(Decimal(0), Decimal(100)),
    "discount_percentage": v.decimal(Decimal(0), Decimal(100)),
    "discount_amount": v.decimal(Decimal(0), money.LARGEST),
}

_RULES: Final[dict[str, v.Rule]] = {
    "due_date": v.day,
    "invoice_items": v.items(
        v.fields(_ITEM, required=("sku", "description", "quantity", "unit_price"))
    ),
    "invoice_number": v.string(255),
    "company_name": v.string(64),
    "tax_rate": v.decimal(Decimal(0), Decimal(100)),
    "discount_percentage": v.decimal(Decimal(0), Decimal(100)),
    "discount_amount": v.decimal(Decimal(0), money.LARGEST),
    "shipping_excl_tax": v.decimal(Decimal(0), money.LARGEST),
    "shipping_tax_rate": v.decimal(Decimal(0), Decimal(100)),
    "shipping_method": v.string(255),
}
_REQUIRED: Final = ("due_date", "invoice_items", "invoice_number")
_ONE_DISCOUNT: Final = "Only one of discount_amount and discount_percentage can be set."


class Invoices(Part):
    """The invoices of one tenant."""

    def create(self, given: Mapping[str, Any], base_url: str) -> tuple[Transaction, dict[str, Any]]:
        """A transaction over the invoice's total, and the invoice's own fields. Raises Invalid."""
        problems: dict[str, Any] = {}
        asked: dict[str, Any] = {}
        try:
            asked = v.checked(given, _RULES, _REQUIRED)
        except Invalid as invalid:
            problems |= invalid.body
        if "discount_amount" in asked and "discount_percentage" in asked:
            problems["discount_amount"] = [_ONE_DISCOUNT]
        currency = str(given.get("currency_code") or "")
        totals: dict[str, Decimal] = {}
        if not problems:
            known = currency if currency in money.CURRENCIES else "KWD"
            items = [_priced(item, known, n) for n, item in enumerate(asked["invoice_items"], 1)]
            totals = _totals(asked, items, known)
            asked["invoice_items"] = items
            if _discount(asked, totals["total_excl_tax"], known) > totals["total_excl_tax"]:
                problems["discount_amount"] = ["The discount can't be higher than the total."]
        amount = totals.get("amount", Decimal(1))
        checkout = self.tenant.part(Checkout)
        if problems:
            problems |= self._of_the_transaction({**given, "amount": "1"})
            raise Invalid(problems)
        plain = {**given, "amount": f"{amount:f}"}
        transaction = checkout.create(plain, base_url)
        self.tenant.invoices += 1
        return transaction, self._shown(asked, totals, currency, self.tenant.invoices)

    def _of_the_transaction(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What is wrong beside the invoice, so that every problem is told at once."""
        try:
            self.tenant.part(Checkout).check(given)
        except Invalid as invalid:
            return invalid.body
        return {}

    @staticmethod
    def _shown(
        asked: Mapping[str, Any], totals: Mapping[str, Decimal], currency: str, number: int
    ) -> dict[str, Any]:
        amounts = {
            name: money.text(value, currency) for name, value in totals.items() if name != "amount"
        }
        plain = {
            name: f"{value:f}" if isinstance(value, Decimal) else value
            for name, value in asked.items()
            if name != "invoice_items"
        }
        items = []
        for item in asked["invoice_items"]:
            shown = {
                name: money.text(value, currency)
                if name in ("unit_price", "tax_amount", "discount_amount")
                or name.startswith("total")
                else (f"{value:f}" if isinstance(value, Decimal) else value)
                for name, value in item.items()
            }
            items.append(shown | {"invoice": number, "currency_code": currency})
        return {
            **plain,
            **amounts,
            "invoice_items": items,
            "invoice_id": number,
            "status": "sent",
        }


def _discount(asked: Mapping[str, Any], total: Decimal, currency: str) -> Decimal:
    if "discount_amount" in asked:
        amount: Decimal = asked["discount_amount"]
        return amount
    percentage: Decimal = asked.get("discount_percentage") or Decimal(0)
    return money.rounded(total * percentage / 100, currency)


def _priced(item: dict[str, Any], currency: str, number: int) -> dict[str, Any]:
    """An item with its totals. Raises Invalid when its discounts make no sense."""
    where = {"invoice_items": {str(number - 1): {"discount_amount": [_ONE_DISCOUNT]}}}
    if "discount_amount" in item and "discount_percentage" in item:
        raise Invalid(where)
    gross = money.rounded(item["unit_price"] * item["quantity"], currency)
    discount = _discount(item, gross, currency)
    if discount > gross:
        raise Invalid(where)
    excluding = gross - discount
    tax = money.rounded(excluding * (item.get("tax_rate") or Decimal(0)) / 100, currency)
    return {
        **item,
        "id": number,
        "discount_amount": discount,
        "tax_amount": tax,
        "total_excl_tax": excluding,
        "total_incl_tax": excluding + tax,
    }


def _totals(
    asked: Mapping[str, Any], items: list[dict[str, Any]], currency: str
) -> dict[str, Decimal]:
    excluding = sum((item["total_excl_tax"] for item in items), Decimal(0))
    subtotal = sum((item["total_incl_tax"] for item in items), Decimal(0))
    shipping: Decimal = asked.get("shipping_excl_tax") or Decimal(0)
    shipping_tax = shipping * (asked.get("shipping_tax_rate") or Decimal(0)) / 100
    shipping_incl = money.rounded(shipping + shipping_tax, currency)
    invoice_tax = money.rounded(excluding * (asked.get("tax_rate") or Decimal(0)) / 100, currency)
    including = subtotal + invoice_tax
    discount = _discount(asked, excluding, currency)
    return {
        "subtotal": subtotal,
        "tax_amount": subtotal - excluding + invoice_tax,
        "total_excl_tax": excluding,
        "total_incl_tax": including,
        "shipping_incl_tax": shipping_incl,
        "discount_amount": discount,
        "amount": including + shipping_incl - discount,
    }
