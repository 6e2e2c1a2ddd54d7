"""MIDs: the merchant's accounts at payment gateways, as configuration data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from . import money

Flow = Literal["card_onsite", "redirect"]


class WrongMids(Exception):
    """A file of MIDs cannot be used; one sentence says where and why."""


@dataclass(frozen=True, slots=True)
class Mid:
    """One merchant account at a gateway; its ``code`` is what the API calls a pg code.

    ``mimic`` lets Ottu's own sandbox gateway answer in the shape of another one.
    """

    code: str
    pg: str
    name: str
    flow: Flow
    currencies: tuple[str, ...]
    operation: Literal["purchase", "authorize"] = "purchase"
    tokenizable: bool = False
    auto_debit: bool = False
    multi_attempt: bool = True
    token_needs_cvv: bool = False
    wallets: tuple[str, ...] = ()
    fee_fixed: Decimal = Decimal(0)
    fee_percent: Decimal = Decimal(0)
    fee_description: str = ""
    operations: tuple[str, ...] = ("refund",)
    mimic: str = ""

    def fee(self, amount: Decimal, currency_code: str) -> Decimal:
        """The fee the customer pays on top of ``amount``, in whole smallest units."""
        raw = self.fee_fixed + amount * self.fee_percent / 100
        return money.rounded(raw, currency_code)


GULF: Final = ("KWD", "BHD", "OMR", "QAR", "AED", "SAR", "USD", "EUR", "JPY")

BUILT_IN: Final = (
    Mid(
        code="ottu-sandbox",
        pg="ottu_pg",
        name="Credit Card",
        flow="card_onsite",
        currencies=GULF,
        tokenizable=True,
        auto_debit=True,
        wallets=("apple_pay", "google_pay", "samsung_pay", "wallet"),
        operations=("refund", "void"),
    ),
    Mid(
        code="mpgs-sandbox",
        pg="mpgs",
        name="Visa / Mastercard",
        flow="card_onsite",
        currencies=GULF,
        tokenizable=True,
        token_needs_cvv=True,
        auto_debit=True,
        fee_percent=Decimal("1.5"),
        fee_description="Card processing fee",
        operations=("refund", "void"),
    ),
    Mid(
        code="ottu-single-trial",
        pg="ottu_pg",
        name="Credit Card, one attempt",
        flow="card_onsite",
        currencies=GULF,
        tokenizable=True,
        multi_attempt=False,
    ),
    Mid(
        code="ottu-authorize",
        pg="ottu_pg",
        name="Credit Card, reserve",
        flow="card_onsite",
        currencies=GULF,
        operation="authorize",
        tokenizable=True,
        operations=("capture", "refund", "void"),
    ),
    Mid(
        code="knet-sandbox",
        pg="kpay",
        name="KNET",
        flow="redirect",
        currencies=("KWD",),
        fee_fixed=Decimal("0.150"),
        fee_description="KNET service fee",
    ),
    Mid(
        code="cybersource-sandbox",
        pg="cybersource",
        name="Debit / Credit Card",
        flow="redirect",
        currencies=GULF,
    ),
    Mid(
        code="myfatoorah-sandbox",
        pg="myfatoorah",
        name="MyFatoorah",
        flow="redirect",
        currencies=("KWD", "BHD", "QAR", "OMR", "AED", "SAR"),
    ),
    Mid(
        code="cash-sandbox",
        pg="cod",
        name="Cash on delivery",
        flow="redirect",
        currencies=GULF,
        operations=(),
    ),
)
