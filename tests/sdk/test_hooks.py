"""What a shop may do before a payment."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sdk.ottu import LISTENING, SDK_TAG, SUBMIT, Ottu, result


def test_hooks_run_before_anything_is_sent(ottu: Ottu) -> None:
    """First the validation, then beforePayment with the masked card, then the payment."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    hooks = (
        "<script>window.validate = async () => { told.push(['validate']); };"
        "window.before = async (data) => { told.push(['before', data]); };</script>"
    )
    page = ottu.show(LISTENING + hooks + SDK_TAG)
    ottu.type_card()

    ottu.pay.click()
    page.wait_for_function("told.length >= 3")

    told = page.evaluate("told")
    assert [entry[0] for entry in told] == ["validate", "before", "success"]
    assert told[1][1]["card"] == {
        "number": "411111XXXXXX1111",
        "expiry_month": "01",
        "expiry_year": "39",
        "brand": "VISA",
        "scheme": "VISA",
    }


@pytest.mark.parametrize("hook", ["validate", "before"])
def test_a_rejecting_hook_stops_the_payment(ottu: Ottu, hook: str) -> None:
    """Nothing is sent and no callback runs; the reason is in the console and Pay is ready again."""
    script = f"<script>window.{hook} = () => Promise.reject('terms not accepted');</script>"
    ottu.show(LISTENING + script + SDK_TAG)
    ottu.type_card()

    ottu.pay.click()
    expect(ottu.pay).to_be_enabled()

    assert "terms not accepted" in ottu.console
    assert ottu.asked("POST", f"{SUBMIT}/cards/") == 0
    assert ottu.page.evaluate("told") == []
