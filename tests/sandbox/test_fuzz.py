"""Anything may be sent to any endpoint: the answer is a refusal with words, never a breakdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.installation import APPLE, CARD, SDK, TXN, Installation, Merchant, order

_NOBODY = "f" * 40
_POSTS = [
    TXN,
    "/b/checkout/v1/upload-attachment/",
    "/b/pbl/v2/operation/",
    "/b/pbl/v2/inquiry/",
    "/b/pbl/v2/payment-methods/",
    "/b/pbl/v2/card/",
    "/b/pbl/v2/auto-debit/",
    "/b/pbl/v2/payment/auto-debit/",
    "/b/pbl/v2/payment/apple-pay/",
    "/b/pbl/v2/payment/google-pay/",
    "/b/pbl/v2/payment/wallet/",
    "/b/pbl/v2/payment/cash/",
    "/b/pbl/v2/cash-payment/",
    "/b/pbl/v2/message-notification/",
    "/b/pbl/v2/send-notification/",
    "/b/pbl/v2/notifications/send/email/",
    "/b/invoice/v1/invoice/",
    "/b/wallet/ottu/v1/accounts/",
    "/b/wallet/ottu/v1/entries/",
    "/b/wallet/ottu/v1/operations/",
    "/_sandbox/clock",
    "/_sandbox/wallets",
    "/_sandbox/faults",
]
_GETS = [
    TXN + "{}/",
    "/b/checkout/v1/wallet/payment-sessions/{}/finalization-status/",
    "/b/checkout/redirect/start/?session_id={}",
    "/b/checkout/page/{}/",
    "/b/checkout/summary/{}/",
    "/b/checkout/qr/{}.png",
    "/b/checkout/attachments/{}/{}/{}",
    "/s/{}",
    "/gateway/knet/{}/{}/",
    "/acs/{}/{}/",
    "/checkout/v3/icons/{}.svg",
    "/_sandbox/ledger?session_id={}",
]

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)
#: A body that is nearly right: the names are known, the values are anything.
_NAMES = sorted(
    {*order(), "session_id", "order_no", "operation", "customer_id", "token", "payload", "plugin"}
    | {"payment_instrument", "notifications", "billing_address", "agreement", "extra", "channels"}
    | {"expiration_time", "due_datetime", "webhook_url", "invoice_items", "pagination", "type"}
    | {"invoice_number", "due_date", "file", "attachment", "currency", "operation_id", "faults"}
    | {"advance_s", "channel", "template_id", "to", "destination", "customer_birthdate"}
)
_BODIES = st.dictionaries(st.sampled_from(_NAMES), _JSON, max_size=6).map(
    lambda odd: {**order(session_id=_NOBODY), **odd}
) | st.dictionaries(st.sampled_from(_NAMES), _JSON, max_size=8)
_BYTES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([b"[" * 50_000, b'{"a":' * 20_000, b'"\\ud800"', b'{"amount":NaN}', b"\xff"]),
    st.sampled_from([b"\x00", b"null", b"[]", b"1", b'""', b'{"amount":1e999}', b"\xef\xbb\xbf{}"]),
)
_TYPES = st.sampled_from(
    [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "text/plain",
        "",
        "application/json; charset=latin-1",
    ]
)


@pytest.fixture(scope="module")
def target(installation: Installation) -> Iterator[Merchant]:
    with installation.merchant() as merchant:
        yield merchant


def _refuses_with_words(answer: httpx.Response) -> None:
    assert answer.status_code < 500, (answer.request.url, answer.request.content, answer.text)
    if answer.status_code >= 400 and not answer.headers["content-type"].startswith("text/html"):
        assert answer.json(), "a refusal says why"


@settings(max_examples=300, deadline=None)
@given(path=st.sampled_from(_POSTS), body=_BODIES)
def test_wrong_values(target: Merchant, path: str, body: dict[str, Any]) -> None:
    """JSON of any shape under known names is taken or refused with a message."""
    _refuses_with_words(target.post(path, body))
    target.faults()


@settings(max_examples=200, deadline=None)
@given(path=st.sampled_from(_POSTS), content=_BYTES, kind=_TYPES)
def test_broken_bodies(target: Merchant, path: str, content: bytes, kind: str) -> None:
    """Bytes that are no body of the kind they say are refused with a message."""
    headers = {"content-type": kind} if kind else {}
    _refuses_with_words(target.call("POST", path, content=content, headers=headers))


@settings(max_examples=120, deadline=None)
@given(
    path=st.sampled_from(_POSTS),
    pairs=st.lists(
        st.tuples(
            st.sampled_from(_NAMES)
            | st.sampled_from(["pg_codes[]", "pg_codes[0]", "extra[a][b]", "extra[]", "[", "a[b"])
            | st.text(max_size=8),
            st.text(max_size=20),
        ),
        max_size=8,
    ),
)
def test_forms(target: Merchant, path: str, pairs: list[tuple[str, str]]) -> None:
    """Forms, with brackets as PHP writes them and as nobody does."""
    body = urlencode(pairs)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    _refuses_with_words(target.call("POST", path, content=body.encode(), headers=headers))
    target.faults()


_IDS = st.one_of(
    st.sampled_from([_NOBODY, "..", "%00", "%ff%fe", "'", "a" * 3000, "%D9%A1", "-1", "%2e%2e"]),
    st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=20).map(
        lambda text: quote(text, safe="")
    ),
)


@settings(max_examples=150, deadline=None)
@given(template=st.sampled_from(_GETS), odd=_IDS)
def test_strange_addresses(target: Merchant, template: str, odd: str) -> None:
    """Ids that nobody has, in any script, are not found."""
    _refuses_with_words(target.get(template.replace("{}", odd)))


@settings(max_examples=150, deadline=None)
@given(
    path=st.sampled_from(
        [
            "/pymt-txn/submit/{}/ottu-sandbox/",
            "/pymt-txn/submit/{}/token/",
            "/pymt-txn/cancel/{}/",
            "/apple-pay/pay/{}/",
            "/apple-pay/validate/{}/",
            "/concur-payer-view/",
        ]
    ),
    body=st.dictionaries(
        st.sampled_from(["card", "token", "cvv", "payment_method", "session_id", "save_card"])
        | st.sampled_from(["apple_pay_payload", "reference_number", "apple_url", "pg_code"]),
        _JSON | st.just(CARD) | st.just("card") | st.just({"token": APPLE}),
        max_size=5,
    ),
)
def test_what_browsers_send(target: Merchant, path: str, body: dict[str, Any]) -> None:
    """The addresses that browsers call take anything as well."""
    session_id = target.create()["session_id"]
    _refuses_with_words(target.browser("POST", SDK + path.format(session_id), json=body))


@pytest.mark.parametrize("key", ["", "Api-Key", "Basic !!", "Basic bm8=", "Bearer x", "Odd x", "é"])
def test_strange_keys(target: Merchant, key: str) -> None:
    """Without a key that somebody has, nothing is told."""
    headers = {"authorization": key.encode()}
    assert target.call("POST", TXN, json=order(), headers=headers).status_code in (401, 403)


def test_a_huge_body_is_refused(target: Merchant) -> None:
    """A body beyond any honest one is refused, whether it says its length or comes in chunks."""
    huge = b'{"extra":"' + b"x" * 4_000_000 + b'"}'
    headers = {"content-type": "application/json"}
    assert target.call("POST", TXN, content=huge, headers=headers).status_code == 413
    chunks = (huge[n : n + 65536] for n in range(0, len(huge), 65536))
    assert target.call("POST", TXN, content=chunks, headers=headers).status_code == 413
    assert target.create()["state"] == "created"


def test_foreign_sessions_do_not_exist(target: Merchant, other: Merchant) -> None:
    """Another merchant's session is not found by any call, nor by its shop's script."""
    session_id = other.create()["session_id"]
    named = {"session_id": session_id}
    for answer in (
        target.get(f"{TXN}{session_id}/"),
        target.call("PATCH", f"{TXN}{session_id}", json={"amount": "1"}),
        target.operate("cancel", session_id),
        target.post("/b/pbl/v2/inquiry/", named),
        target.post("/b/pbl/v2/payment/apple-pay/", {**named, "payload": APPLE}),
        target.post("/b/pbl/v2/auto-debit/", {**named, "token": "9"}),
        target.pay(session_id),
    ):
        assert answer.status_code == 404, answer.request.url
    assert other.retrieve(session_id)["state"] == "created"
    assert json.loads(other.pay(session_id).content)["status"] == "success"
