"""Amounts in the decimals of their currency, through the whole API."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.installation import TXN, Installation, Merchant, order

_DECIMALS = {"KWD": 3, "BHD": 3, "USD": 2, "SAR": 2, "JPY": 0}
_PG = "mpgs-sandbox"  # the gateway with a fee in per cent
_CARD = {"number": "5123450000000008", "expiry_month": "01", "expiry_year": "39", "cvv": "100"}


@pytest.fixture(scope="module")
def payer(installation: Installation) -> Iterator[Merchant]:
    with installation.merchant() as merchant:
        yield merchant


@st.composite
def _prices(draw: st.DrawFn) -> tuple[str, Decimal]:
    """A currency and an amount in whole smallest units of it."""
    currency = draw(st.sampled_from(sorted(_DECIMALS)))
    units = draw(st.integers(1, 10**9))
    return currency, Decimal(units).scaleb(-_DECIMALS[currency])


@settings(max_examples=60, deadline=None)
@given(price=_prices(), numeric=st.booleans())
def test_what_is_asked_is_shown_charged_and_refunded(
    payer: Merchant, price: tuple[str, Decimal], numeric: bool
) -> None:
    """An amount keeps its digits from creation to refund; a fee is whole smallest units."""
    currency, amount = price
    places = _DECIMALS[currency]
    sent = float(amount) if numeric else str(amount)
    made = payer.create(amount=sent, currency_code=currency, pg_codes=[_PG])
    assert made["amount"] == f"{amount:.{places}f}"
    [method] = made["payment_methods"]
    fee, total = Decimal(method["fee"]), Decimal(method["amount"])
    assert total == amount + fee
    assert -total.as_tuple().exponent == places  # type: ignore[operator]
    assert abs(fee - amount * Decimal("0.015")) <= Decimal("0.5").scaleb(-places)
    session_id = made["session_id"]
    assert payer.pay(session_id, _PG, _CARD).json()["status"] == "success"
    [charge] = payer.ledger(session_id)
    assert (Decimal(charge["amount"]), charge["currency_code"]) == (total, currency)
    told = payer.post("/b/pbl/v2/inquiry/", {"session_id": session_id}).json()
    assert Decimal(told["paid_amount"]) == total
    assert told["amount_details"]["total"] == f"{total:.{places}f}"
    back = payer.operate("refund", session_id).json()
    assert back["amount"] == f"{amount:.{places}f}"
    assert payer.retrieve(session_id)["state"] == "refunded"


@settings(max_examples=40, deadline=None)
@given(price=_prices(), extra=st.integers(1, 9))
def test_a_digit_too_many_is_refused(
    payer: Merchant, price: tuple[str, Decimal], extra: int
) -> None:
    """An amount finer than its currency is an error of that field, never rounded away."""
    currency, amount = price
    finer = amount + Decimal(extra).scaleb(-_DECIMALS[currency] - 1)
    answer = payer.post(TXN, order(amount=str(finer), currency_code=currency))
    assert answer.status_code == 400
    assert list(answer.json()) == ["amount"]


_ODD = st.one_of(
    st.sampled_from(
        ["0", "-1", "-0", "1e3", "1E+400", "1e-400", "-1e400", "NaN", "Infinity", "١٢", "", " "]
    ),
    st.text(max_size=12),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=2),
)


@settings(max_examples=120, deadline=None)
@given(amount=_ODD)
def test_no_amount_breaks_the_api(payer: Merchant, amount: object) -> None:
    """Whatever stands for an amount, it is accepted as written or refused at its field."""
    answer = payer.post(TXN, order(amount=amount))
    if answer.status_code == 201:
        assert Decimal(answer.json()["amount"]) == Decimal(str(amount).strip())
        assert Decimal(answer.json()["amount"]) > 0
    else:
        assert answer.status_code == 400
        assert "amount" in answer.json() or "detail" in answer.json()
