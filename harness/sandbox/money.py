"""Amounts as Ottu writes them: decimal strings in the currency's own decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

_THREE_DECIMALS: Final = frozenset({"KWD", "BHD", "OMR", "IQD", "JOD", "LYD", "TND"})
_NO_DECIMALS: Final = frozenset({"JPY", "KRW"})
_TWO_DECIMALS: Final = frozenset(
    {"AED", "SAR", "QAR", "EGP", "USD", "EUR", "GBP", "INR", "IDR", "TRY", "CAD", "MYR", "PHP"}
)

CURRENCIES: Final = _THREE_DECIMALS | _NO_DECIMALS | _TWO_DECIMALS
LARGEST: Final = Decimal("999999999999.999")


def decimals(currency_code: str) -> int:
    """How many decimals the currency has (ISO 4217 minor units)."""
    if currency_code in _THREE_DECIMALS:
        return 3
    return 0 if currency_code in _NO_DECIMALS else 2


def quantum(currency_code: str) -> Decimal:
    """The smallest amount of the currency."""
    return Decimal(1).scaleb(-decimals(currency_code))


def rounded(amount: Decimal, currency_code: str) -> Decimal:
    """The amount in whole smallest units, halves away from zero as merchants expect of fees."""
    return amount.quantize(quantum(currency_code), rounding=ROUND_HALF_UP)


def text(amount: Decimal, currency_code: str) -> str:
    """The amount as the API writes it: ``Decimal("12.5"), "KWD"`` gives ``"12.500"``."""
    return f"{rounded(amount, currency_code):f}"


def parse(value: object) -> Decimal:
    """An amount from a request; clients send decimal strings and plain numbers.

    Raises ValueError when it is not a finite decimal number.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError(value)  # noqa: TRY004 -- one exception for "no amount"
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError(value) from None
    if not amount.is_finite():
        raise ValueError(value)
    return amount
