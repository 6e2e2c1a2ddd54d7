"""What the client asks for, held against Ottu's published description of the API."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from harness.api import CheckoutAPI
from tests.api.scripted import ScriptedAPI

SESSION = "0123456789abcdef0123456789abcdef01234567"
TRANSACTION = {
    "session_id": SESSION,
    "state": "created",
    "amount": "12.500",
    "currency_code": "KWD",
    "payment_methods": [{"code": "knet", "amount": "13.500", "fee": "1.000"}],
    "something_new": {"nested": True},
}


def test_create_posts_the_fields_and_gives_the_transaction(
    api: CheckoutAPI, target: ScriptedAPI
) -> None:
    """Creation sends exactly what was given, with the private key, and keeps unknown fields."""
    target.answers(201, TRANSACTION)

    created = api.create(
        type="e_commerce", amount=Decimal("12.500"), currency_code="KWD", pg_codes=["knet"]
    )

    asked = target.asked[0]
    assert (asked["method"], asked["path"]) == ("POST", "/b/checkout/v1/pymt-txn/")
    assert asked["headers"]["authorization"] == "Api-Key prv_9f8e7d6c5b4a"
    assert asked["body"] == {
        "type": "e_commerce",
        "amount": "12.500",
        "currency_code": "KWD",
        "pg_codes": ["knet"],
    }
    assert (created.session_id, created.state, created.amount) == (SESSION, "created", "12.500")
    assert created.payment_methods[0].fee == "1.000"
    assert created.everything["something_new"] == {"nested": True}


Call = Callable[[CheckoutAPI], object]
CALLS: list[tuple[str, Call, str, str, object]] = [
    (
        "retrieve",
        lambda api: api.retrieve(SESSION),
        "GET",
        f"/b/checkout/v1/pymt-txn/{SESSION}/",
        None,
    ),
    (
        "update",
        lambda api: api.update(SESSION, amount="20.000"),
        "PATCH",
        f"/b/checkout/v1/pymt-txn/{SESSION}/",
        {"amount": "20.000"},
    ),
    (
        "operate",
        lambda api: api.operate("refund", session_id=SESSION, amount="1.000", tracking_key="k"),
        "POST",
        "/b/pbl/v2/operation/",
        {"operation": "refund", "session_id": SESSION, "amount": "1.000"},
    ),
    (
        "inquire",
        lambda api: api.inquire(SESSION),
        "POST",
        "/b/pbl/v2/inquiry/",
        {"session_id": SESSION},
    ),
]


@pytest.mark.parametrize(
    ("call", "method", "path", "body"), [c[1:] for c in CALLS], ids=[c[0] for c in CALLS]
)
def test_each_call_has_its_verb_path_and_body(
    api: CheckoutAPI, target: ScriptedAPI, call: Call, method: str, path: str, body: object
) -> None:
    """Every endpoint is asked with the verb, path and body Ottu documents for it."""
    target.answers(200, TRANSACTION)

    call(api)

    asked = target.asked[0]
    assert (asked["method"], asked["path"], asked["body"]) == (method, path, body)


def test_a_tracking_key_travels_as_a_header(api: CheckoutAPI, target: ScriptedAPI) -> None:
    """Ottu makes an operation safe to repeat by the Tracking-Key header, not by the body."""
    target.answers(200, {"operation": "void", "result": "success"})

    assert api.operate("void", session_id=SESSION, tracking_key="k-1").result == "success"

    assert target.asked[0]["headers"]["tracking-key"] == "k-1"


def test_payment_methods_and_cards_are_lists(api: CheckoutAPI, target: ScriptedAPI) -> None:
    """One endpoint wraps its list in an object and the other does not; callers see lists."""
    target.answers(200, {"payment_methods": [{"code": "knet", "pg": "kpay"}]})
    assert [m.code for m in api.payment_methods(currencies=["KWD"], operation="purchase")] == [
        "knet"
    ]
    target.answers(200, [{"token": "t1", "customer_id": "c1", "number": "**** 1019"}])
    assert [card.token for card in api.cards("c1", pg_codes=["mpgs"])] == ["t1"]

    assert [asked["body"] for asked in target.asked] == [
        {"plugin": "e_commerce", "operation": "purchase", "currencies": ["KWD"]},
        {"customer_id": "c1", "type": "sandbox", "pg_codes": ["mpgs"]},
    ]


def test_a_card_is_deleted_by_token_and_customer(api: CheckoutAPI, target: ScriptedAPI) -> None:
    """Deleting names the customer in the query, as the API wants it, and expects no body."""
    target.answers(204, b"")

    api.delete_card("t/1", customer_id="c1")

    asked = target.asked[0]
    assert (asked["method"], asked["path"]) == ("DELETE", "/b/pbl/v2/card/t/1/")
    assert asked["query"] == {"customer_id": "c1", "type": "sandbox"}


def test_an_amount_sent_as_a_number_keeps_its_digits(api: CheckoutAPI, target: ScriptedAPI) -> None:
    """12.500 must not become 12.5 on its way through a float."""
    target.answers(200, b'{"session_id":"s","state":"paid","amount":12.500,"currency_code":"KWD"}')

    assert api.retrieve("s").amount == "12.500"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [({"amount": 12.5}, "not as floats: 12.5"), ({"pg_codes": {"knet"}}, "set cannot be sent")],
    ids=["float", "set"],
)
def test_what_would_arrive_altered_is_not_sent(
    api: CheckoutAPI, target: ScriptedAPI, fields: dict[str, object], complaint: str
) -> None:
    """An amount as a float, or what JSON has no form for, is refused before anything is sent."""
    with pytest.raises(TypeError, match=complaint):
        api.create(**fields)

    assert target.asked == []
