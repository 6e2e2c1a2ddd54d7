"""The shop's arithmetic: amounts are decimal strings in the currency's own decimals."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

# As Ottu documents them; every other currency has two.
_DECIMALS = {
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR"), 3),
    **dict.fromkeys(("JPY", "KRW"), 0),
}
_USUAL_DECIMALS = 2


def times(price: str, quantity: int, currency: str) -> str:
    """`quantity` pieces at `price` each, in the decimals of `currency`.

    A price that is no number is given back as it is: the shop forwards what it was told to
    charge, and it is for the Checkout API to refuse it.
    """
    try:
        total = Decimal(price) * quantity
    except InvalidOperation:
        return price
    if quantity == 1 or not total.is_finite():
        return price
    return str(total.quantize(Decimal(1).scaleb(-_DECIMALS.get(currency, _USUAL_DECIMALS))))
