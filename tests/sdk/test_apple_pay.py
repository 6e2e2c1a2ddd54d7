"""Apple Pay: offered where it is, and told once how it went."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sdk.ottu import API, Ottu, names, result

APPLE_PAY = {
    "flow": "apple_pay",
    "code": "apple_pay",
    "pg_code": "cards",
    "shop_name": "Shop",
    "amount": "12.500",
    "fee": "0.000",
    "currency_code": "KWD",
    "country_code": "KW",
    "validation_url": f"{API}/apple/validate/",
    "payment_url": f"{API}/apple/pay/",
}

APPLE_DEVICE = """
window.ApplePaySession = class {
  static STATUS_SUCCESS = 0;
  static STATUS_FAILURE = 1;
  static canMakePayments() { return true; }
  constructor(version, request) { window.sheet = Object.assign(this, { version, request }); }
  begin() { Promise.resolve().then(() => this.onvalidatemerchant({ validationURL: 'https://a' })); }
  completeMerchantValidation() {
    if (window.dismisses) this.oncancel({});
    else this.onpaymentauthorized({ payment: { token: { data: 'x' } } });
  }
  completePayment(status) { this.status = status; this.oncancel({}); }
  abort() {}
};
"""


def test_apple_pay_is_offered_to_apple_devices_only(ottu: Ottu) -> None:
    """A browser without Apple Pay, or whose Apple Pay cannot pay, shows no button."""
    ottu.offer(payment_services=[APPLE_PAY])
    page = ottu.show()
    expect(page.get_by_role("button", name="Apple Pay")).to_have_count(0)

    page.add_init_script("window.ApplePaySession = { canMakePayments: () => true };")
    ottu.show()

    expect(page.get_by_role("button", name="Apple Pay")).to_be_visible()
    expect(page.locator('[name="apple_pay"]')).to_have_attribute("apple_pay", "cards")


@pytest.mark.parametrize(
    ("approved", "kind"), [(True, "success"), (False, "cancel")], ids=["approved", "declined"]
)
def test_apple_pay_tells_the_sheet_and_the_shop(ottu: Ottu, approved: bool, kind: str) -> None:
    """The sheet learns the outcome and the callback runs once, though the sheet closes after."""
    ottu.offer(payment_services=[APPLE_PAY])
    ottu.answers["POST", f"{API}/apple/validate/"] = (200, {"opaque": 1})
    outcome = result("success" if approved else "canceled", form_of_payment="apple_pay")
    ottu.answers["POST", f"{API}/apple/pay/"] = (
        200,
        {"approved": approved, "message": "", "callback_payload": outcome},
    )
    ottu.page.add_init_script(APPLE_DEVICE)
    page = ottu.show()

    page.get_by_role("button", name="Apple Pay").click()

    assert names(ottu.told()) == [kind]
    assert page.evaluate("sheet.status") == (0 if approved else 1)
    assert page.evaluate("sheet.request.total") == {"label": "Shop", "amount": "12.500"}


def test_a_dismissed_sheet_is_a_cancel(ottu: Ottu) -> None:
    """Closing the sheet runs the cancel callback; the customer has to press the button again."""
    ottu.offer(payment_services=[APPLE_PAY])
    ottu.answers["POST", f"{API}/apple/validate/"] = (200, {"opaque": 1})
    ottu.page.add_init_script(APPLE_DEVICE + "window.dismisses = true;")
    page = ottu.show()

    page.get_by_role("button", name="Apple Pay").click()

    [(kind, data)] = ottu.told()
    assert (kind, data["status"], data["form_of_payment"]) == ("cancel", "canceled", "apple_pay")
    expect(page.get_by_role("button", name="Apple Pay")).to_be_enabled()
