"""What the client leaves as evidence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from harness.api import CheckoutAPI, Exchange
from harness.errors import APIError
from tests.api.scripted import ScriptedAPI


def test_an_exchange_holds_both_sides_without_secrets(
    api: CheckoutAPI, target: ScriptedAPI, exchanges: list[Exchange]
) -> None:
    """Bodies are kept as JSON, masked, with times and the target's own request id."""
    target.answers(
        201,
        {
            "session_id": "s",
            "state": "created",
            "amount": "1.000",
            "currency_code": "KWD",
            "echo": "prv_9f8e7d6c5b4a and 4508750015741019",
        },
        X_Request_ID="req-1",
    )
    before = datetime.now(UTC)

    api.create(amount="1.000", card={"number": "4508 7500 1574 1019", "cvv": "100"})

    (exchange,) = exchanges
    assert exchange.actor == "harness"
    assert (exchange.method, exchange.status, exchange.request_id) == ("POST", 201, "req-1")
    assert exchange.url.endswith("/b/checkout/v1/pymt-txn/")
    assert exchange.request_body == {
        "amount": "1.000",
        "card": {"number": "450875…1019", "cvv": "***"},
    }
    assert exchange.response_body["echo"] == "*** and 450875…1019"
    assert before <= exchange.started <= datetime.now(UTC)
    assert 0 < exchange.duration_s < 5


def test_a_refused_call_is_evidence_too(
    api: CheckoutAPI, target: ScriptedAPI, exchanges: list[Exchange]
) -> None:
    """The exchange is recorded before the error is raised."""
    target.answers(400, {"amount": ["No."]})

    with pytest.raises(APIError):
        api.update("s", amount="x")

    assert [(e.status, e.response_body) for e in exchanges] == [(400, {"amount": ["No."]})]


def test_an_error_never_repeats_the_key(api: CheckoutAPI, target: ScriptedAPI) -> None:
    """Even a target that echoes the private key does not get it into a message."""
    target.answers(400, {"detail": "bad key prv_9f8e7d6c5b4a"})

    with pytest.raises(APIError) as caught:
        api.retrieve("s")

    assert "prv_9f8e7d6c5b4a" not in str(caught.value)
    assert "bad key ***" in str(caught.value)
