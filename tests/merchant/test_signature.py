"""The signature on webhooks."""

from __future__ import annotations

import pytest

from harness.merchant.signature import SIGNED_FIELDS, is_signed, sign

KEY = "pu9MpX3yPR"
PAYLOAD = {"amount": "86.000", "currency_code": "KWD", "customer_first_name": "example-customer"}
DIGEST = "6143b8ad4bd283540721ab000f6de746e722231aaaa90bc38f639081d3ff9f67"


def test_the_signature_is_the_one_ottu_publishes() -> None:
    """Ottu's own test vector comes out."""
    assert sign(PAYLOAD, KEY) == DIGEST


def test_only_the_signed_fields_count() -> None:
    """Other fields, and signed ones that are empty, do not change the signature."""
    more = {**PAYLOAD, "session_id": "s", "state": "", "result": None, "signature": "x"}

    assert sign(more, KEY) == DIGEST


@pytest.mark.parametrize("name", SIGNED_FIELDS)
def test_every_signed_field_counts(name: str) -> None:
    """A payload altered in any of the eighteen fields is not believed."""
    payload: dict[str, object] = {**dict.fromkeys(SIGNED_FIELDS, "a"), "signature": ""}
    payload["signature"] = sign(payload, KEY)
    assert is_signed(payload, KEY)

    payload[name] = "b"

    assert not is_signed(payload, KEY)


def test_the_order_of_fields_does_not_count() -> None:
    """The signature is over the fields sorted by name, however they were sent."""
    assert sign(dict(reversed(PAYLOAD.items())), KEY) == DIGEST


@pytest.mark.parametrize("signature", [None, "", 7, DIGEST.upper(), DIGEST[:-1], "é" * 64])
def test_what_is_not_the_signature_is_refused(signature: object) -> None:
    """Missing, mistyped, shortened and non-ASCII signatures are refused, not errors."""
    assert not is_signed({**PAYLOAD, "signature": signature}, KEY)


def test_another_key_does_not_confirm() -> None:
    """A webhook of another merchant is not confirmed by this one's key."""
    assert not is_signed({**PAYLOAD, "signature": DIGEST}, "another-key")
