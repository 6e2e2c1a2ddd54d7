"""What is shown of a session, and what is not."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sdk.ottu import API, CARDS, KNET, SUBMIT, Ottu, method, saved_card, setup


def test_every_method_has_a_row_ottu_would_find(ottu: Ottu) -> None:
    """Rows carry the documented class, `name`, and the attribute of that name with the pg code."""
    ottu.offer(cards=[saved_card("tok-4242")])
    page = ottu.show()

    rows = page.locator(".ottu__sdk-payment-method.ottu__sdk-methods-theme")
    seen = [
        (kind := row.get_attribute("name") or "", row.get_attribute(kind)) for row in rows.all()
    ]

    assert seen == [("token_pay", "tok-4242"), ("ottu_pg", "cards"), ("redirect", "knet")]
    assert ottu.rows == ["VISA **** 4242", "Credit Card", "KNET"]
    assert ottu.asked("POST", f"{API}/concur-payer-view/") == 1


@pytest.mark.parametrize(
    ("forms", "shown"),
    [
        (None, ["VISA **** 4242", "Credit Card", "KNET"]),
        (["jazz"], ["Credit Card"]),
        (["redirect", "tokenPay"], ["VISA **** 4242", "KNET"]),
        (["applePay"], []),
    ],
    ids=["all", "card", "two", "none"],
)
def test_forms_of_payment_choose_the_rows(
    ottu: Ottu, forms: list[str] | None, shown: list[str]
) -> None:
    """Only the forms the merchant lists are offered; without a list, all are."""
    ottu.offer(cards=[saved_card("tok-4242")])
    page = ottu.show(formsOfPayment=forms)

    assert ottu.rows == shown
    if not shown:
        expect(page.get_by_text("No available payment methods")).to_be_visible()


def test_the_button_costs_what_the_chosen_method_costs(ottu: Ottu) -> None:
    """The fee of a method is shown, and is in the amount on the button, only while it is chosen."""
    page = ottu.show()
    expect(page.locator(".ottu__sdk-amount")).to_have_text("12.500 KWD")
    expect(ottu.pay).to_be_disabled()

    page.get_by_role("radio", name="KNET").check()

    expect(ottu.pay).to_have_text("Pay (12.650 KWD)")
    expect(page.locator(".ottu__sdk-fees")).to_have_text("KNET service fee+0.150 KWD")
    expect(page.get_by_role("switch")).to_be_hidden()

    page.get_by_role("radio", name="Credit Card").check()

    expect(ottu.pay).to_have_text("Pay (12.500 KWD)")
    expect(page.locator(".ottu__sdk-fees")).to_be_hidden()
    expect(page.get_by_role("switch")).to_be_visible()


def test_the_first_saved_card_that_is_good_is_chosen(ottu: Ottu) -> None:
    """An expired card is shown but cannot be chosen; the next one is, unasked."""
    ottu.offer(cards=[saved_card("tok-1111", is_expired=True), saved_card("tok-4242")])
    page = ottu.show()

    expect(page.get_by_role("radio", name="VISA **** 1111")).to_be_disabled()
    expect(page.get_by_text("Expired on 01/39")).to_be_visible()
    expect(page.get_by_role("radio", name="VISA **** 4242")).to_be_checked()


def test_the_only_method_is_chosen(ottu: Ottu) -> None:
    """Where there is no choice, the customer need not make one."""
    ottu.offer(payment_methods=[KNET])
    page = ottu.show()

    expect(page.get_by_role("radio", name="KNET")).to_be_checked()


def test_arabic_is_read_from_the_right(ottu: Ottu) -> None:
    """`lang: ar` turns the direction and the words; the amount keeps its order."""
    page = ottu.show(lang="ar")
    page.get_by_role("radio", name="KNET").check()

    wrapper = page.locator("#ottu-checkout-shadow-wrapper")
    expect(wrapper).to_have_attribute("dir", "rtl")
    assert wrapper.evaluate("(element) => getComputedStyle(element).direction") == "rtl"
    expect(page.get_by_role("heading").first).to_have_text("تفاصيل الدفع")
    expect(ottu.pay).to_have_text("ادفع (\u206612.650 KWD\u2069)")


def test_the_grid_puts_saved_cards_beside_the_methods(ottu: Ottu) -> None:
    """Grid mode has two columns where there is room, and one on a phone."""
    ottu.offer(cards=[saved_card("tok-4242")])
    page = ottu.show(displayMode="grid")

    def tops() -> list[float]:
        boxes = [row.bounding_box() for row in page.locator(".ottu__sdk-payment-method").all()]
        return [box["y"] for box in boxes if box]

    assert tops()[0] == tops()[1]
    page.set_viewport_size({"width": 360, "height": 740})
    assert tops()[0] < tops()[1]


def test_the_theme_is_laid_over_the_sdks_look(ottu: Ottu) -> None:
    """Theme parts change properties, a part can be hidden, and a part nobody knows does no harm."""
    page = ottu.show(
        theme={
            "pay-button": {"background": "rgb(1, 2, 3)", "border": "rgb(4, 5, 6)"},
            "amount-box": {"display": "none"},
            "title-text": {"font-family": "serif"},
            "no-such-part": {"color": "red"},
        }
    )

    style = ottu.pay.evaluate(
        "(e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).borderTopColor]"
    )
    assert style == ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]
    expect(page.locator(".ottu__sdk-amount-box")).to_be_hidden()


def test_a_preload_spares_the_call(ottu: Ottu) -> None:
    """With the session's own payload in `setupPreload` nothing is fetched before the first view."""
    ottu.show(setupPreload=setup(payment_methods=[method("other", "Other")]))

    assert ottu.rows == ["Other"]
    assert ottu.asked("GET", f"{SUBMIT}?enableCHD=true") == 0


@pytest.mark.parametrize(
    "preload",
    [{"session_id": "another"}, {"payment_methods": "none"}],
    ids=["foreign", "malformed"],
)
def test_a_bad_preload_is_put_aside(ottu: Ottu, preload: dict[str, object]) -> None:
    """A preload of another session, or of another shape, is discarded and the session fetched."""
    ottu.show(setupPreload=setup(**preload))

    assert ottu.rows == ["Credit Card", "KNET"]
    assert ottu.asked("GET", f"{SUBMIT}?enableCHD=true") == 1


def test_a_missing_container_is_said_clearly(ottu: Ottu) -> None:
    """A wrong selector is a sentence in the console, not a TypeError; nothing is asked."""
    page = ottu.show()
    asked = len(ottu.requests)

    page.evaluate("Checkout.init({selector: 'nowhere', session_id: 'x'})")

    assert 'no element with the id "nowhere"' in ottu.console[-1]
    assert len(ottu.requests) == asked


def test_init_again_replaces_what_was_shown(ottu: Ottu) -> None:
    """A shop that starts the SDK twice on one element has one checkout, of the later session."""
    other = f"{API}/pymt-txn/submit/other"
    ottu.answers["GET", f"{other}?enableCHD=true"] = (
        200,
        setup(session_id="other", payment_methods=[CARDS]),
    )
    page = ottu.show()

    page.evaluate(
        "Checkout.init({selector: 'checkout', merchant_id: 'ottu.test', session_id: 'other',"
        " apiKey: 'public'})"
    )

    expect(page.get_by_role("radio")).to_have_count(1)
    expect(page.locator("#ottu-checkout-shadow-wrapper")).to_have_count(1)


def test_reload_draws_the_session_as_it_is_now(ottu: Ottu) -> None:
    """`Checkout.reload` fetches again, even when the page has emptied the container."""
    page = ottu.show()
    ottu.offer(amount="20.000")

    page.evaluate("document.getElementById('checkout').replaceChildren(); Checkout.reload();")

    expect(page.locator(".ottu__sdk-amount")).to_have_text("20.000 KWD")
    assert ottu.asked("POST", f"{API}/concur-payer-view/") == 1


def test_a_removed_card_is_gone(ottu: Ottu) -> None:
    """Only a yes removes a saved card; then its row goes and the next card is chosen."""
    ottu.answers["DELETE", f"{API}/card/tok-4242/"] = (204, None)
    ottu.offer(cards=[saved_card("tok-4242"), saved_card("tok-1111")])
    page = ottu.show()
    bin_of = page.get_by_role("button", name="Remove VISA **** 4242")

    bin_of.click()
    page.get_by_role("button", name="No, Keep").click()
    bin_of.click()
    page.keyboard.press("Escape")
    assert ottu.asked("DELETE", f"{API}/card/tok-4242/") == 0

    bin_of.click()
    page.get_by_role("button", name="Yes, Remove").click()

    expect(bin_of).to_have_count(0)
    expect(page.get_by_role("radio", name="VISA **** 1111")).to_be_checked()
    assert page.evaluate("told") == []
