"""The checkout page in a browser, wired as Ottu tells merchants to wire it."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

from harness.merchant.credentials import Credentials
from harness.merchant.shop import Shop
from harness.merchant.site import MerchantSite
from tests.merchant.fake_ottu import FakeOttu
from tests.merchant.test_orders import place

OpenPage = Callable[..., dict[str, str]]
DATA = {"status": "success", "session_id": "s", "form_of_payment": "card_onsite"}
PAY = "([data, outcome]) => tiny.pay(data, outcome).then(() => 'paid', (e) => e.message)"


@pytest.fixture
def open_page(web: httpx.Client, shop: Shop, tab: Page) -> OpenPage:
    def open_page(**wishes: object) -> dict[str, str]:
        placed = place(web, shop, **wishes)
        tab.goto(placed["page_url"])
        return placed

    return open_page


def test_the_sdk_is_started_with_the_session(open_page: OpenPage, tab: Page, shop: Shop) -> None:
    """Init gets container, merchant, session, public key and the options asked for."""
    placed = open_page(
        lang="ar",
        forms_of_payment=["redirect"],
        display_mode="grid",
        theme={"main": {"color": "red"}},
        preload=True,
        init={"applePayInit": {"version": 3}},
    )

    assert tab.evaluate("Checkout.config") == {
        "selector": "checkout",
        "merchant_id": shop.credentials.merchant_id,
        "session_id": placed["session_id"],
        "apiKey": shop.credentials.public_key,
        "lang": "ar",
        "formsOfPayment": ["redirect"],
        "displayMode": "grid",
        "theme": {"main": {"color": "red"}},
        "setupPreload": {"state": "created"},
        "applePayInit": {"version": 3},
    }
    expect(tab.locator("html")).to_have_attribute("dir", "rtl")
    expect(tab.get_by_role("heading", name="ملخص الطلب")).to_be_visible()
    expect(tab.locator("#checkout")).to_have_text(f"paying {placed['session_id']}")


def test_a_reload_is_the_same_session(open_page: OpenPage, tab: Page, ottu: FakeOttu) -> None:
    """Loading the page again creates nothing and pays the same."""
    placed = open_page()

    tab.reload()

    expect(tab.locator("#checkout")).to_have_text(f"paying {placed['session_id']}")
    assert len(ottu.sessions) == 1


def test_an_option_can_be_replaced_or_taken_out(open_page: OpenPage, tab: Page) -> None:
    """Scenarios about invalid sessions start the SDK with another session, or none."""
    open_page(init={"session_id": "f" * 40})
    assert tab.evaluate("Checkout.config.session_id") == "f" * 40

    open_page(init={"session_id": None})
    assert tab.evaluate("'session_id' in Checkout.config") is False


def test_success_goes_to_the_redirect_url(open_page: OpenPage, tab: Page, shop: Shop) -> None:
    """The success callback sends the customer where the SDK says."""
    placed = open_page()
    url = f"{shop.url}/return?session_id={placed['session_id']}&order_no={placed['order_no']}"

    with tab.expect_navigation(url=url):
        tab.evaluate("(data) => { tiny.call('success', data) }", DATA | {"redirect_url": url})

    assert shop.returns[0].session_id == placed["session_id"]


def test_success_can_stay_on_the_page(open_page: OpenPage, tab: Page, shop: Shop) -> None:
    """A shop that shows the outcome itself does not navigate."""
    open_page(after_success="stay")

    tab.evaluate("(data) => { tiny.call('success', data) }", DATA | {"redirect_url": "/gone"})

    expect(tab.get_by_role("alert")).to_have_text("Thank you for your order")
    assert shop.returns == []


@pytest.mark.parametrize(
    ("callback", "data", "popup"),
    [
        ("error", {"form_of_payment": "redirect", "message": "No link."}, "error: No link."),
        ("error", {"form_of_payment": "token_pay"}, "error: Oops, something went wrong."),
        ("error", {"form_of_payment": "card_onsite", "message": "x"}, "error: x"),
        (
            "error",
            {"form_of_payment": "apple_pay", "message": "y", "challenge_occurred": True},
            "error: y",
        ),
        ("error", {"form_of_payment": "apple_pay", "message": "z"}, None),
        ("cancel", {"form_of_payment": "card_onsite", "message": "Declined."}, "error: Declined."),
        ("cancel", {"form_of_payment": "apple_pay", "message": "Dismissed."}, None),
        (
            "cancel",
            {
                "form_of_payment": "apple_pay",
                "message": "m",
                "payment_gateway_info": {"pg_name": "kpay", "pg_response": {"ref": "1"}},
            },
            "error: ",
        ),
    ],
)
def test_failures_are_shown_as_ottu_documents(
    open_page: OpenPage, tab: Page, callback: str, data: dict[str, object], popup: str | None
) -> None:
    """The popup is for card, token, redirect and challenged payments, and for KNET's receipt."""
    open_page()

    tab.evaluate("([name, data]) => { tiny.call(name, data) }", [callback, data])

    if popup is None:
        expect(tab.get_by_role("dialog")).to_have_count(0)
        expect(tab.get_by_role("alert")).to_have_text(str(data["message"]))
    else:
        expect(tab.get_by_role("dialog")).to_contain_text(popup)


def test_an_error_with_an_address_goes_there(open_page: OpenPage, tab: Page, shop: Shop) -> None:
    """Some failures come with a redirect_url, and the documented callback follows it."""
    open_page()

    with tab.expect_navigation(url=f"{shop.url}/error"):
        tab.evaluate(
            "(data) => { tiny.call('error', data) }", {"redirect_url": f"{shop.url}/error"}
        )


def test_hooks_let_the_payment_pass(open_page: OpenPage, tab: Page) -> None:
    """By default both hooks resolve, and a redirect gets the popup Ottu asks for."""
    open_page(after_success="stay")

    assert tab.evaluate(PAY, [DATA | {"redirect_url": "u", "message": "Off"}, "success"]) == "paid"

    expect(tab.get_by_role("dialog")).to_have_text("redirect: Off")


@pytest.mark.parametrize(
    ("wishes", "stopped_by"),
    [
        ({"validate_payment": "reject"}, "The shop does not accept this order."),
        ({"before_payment": "reject"}, "The shop stopped this payment."),
        ({"validate_payment": "throw"}, "The shop's own code is broken."),
    ],
)
def test_hooks_can_stop_the_payment(
    open_page: OpenPage, tab: Page, wishes: dict[str, str], stopped_by: str
) -> None:
    """Each way a merchant's hook can say no reaches the SDK as a rejection."""
    open_page(after_success="stay", **wishes)

    assert tab.evaluate(PAY, [DATA, "success"]) == stopped_by
    expect(tab.get_by_text("Thank you for your order")).to_have_count(0)


@pytest.mark.parametrize(("wish", "named"), [(None, False), ("missing", True)])
def test_hooks_can_be_absent(
    open_page: OpenPage, tab: Page, wish: str | None, *, named: bool
) -> None:
    """A merchant without hooks names none; some name functions they never define."""
    open_page(validate_payment=wish, before_payment=wish, after_success="stay")

    assert tab.evaluate("'beforepayment' in tiny.script.dataset") is named
    assert tab.evaluate("[typeof window.beforePayment, typeof window.validatePayment]") == [
        "undefined",
        "undefined",
    ]
    assert tab.evaluate(PAY, [DATA, "success"]) == "paid"


def test_terms_have_to_be_accepted(open_page: OpenPage, tab: Page) -> None:
    """The shop's own condition stops the payment with a message, until it is met."""
    open_page(validate_payment="terms", after_success="stay")

    assert tab.evaluate(PAY, [DATA, "success"]) == "The terms of sale are not accepted."
    expect(tab.get_by_role("alert")).to_have_text("Please accept the terms of sale before you pay.")

    tab.get_by_label("I accept the terms of sale").check()
    assert tab.evaluate(PAY, [DATA, "success"]) == "paid"


def test_the_amount_can_change_in_the_hook(open_page: OpenPage, tab: Page, ottu: FakeOttu) -> None:
    """A fee added in beforePayment is in the session before the payment goes on."""
    placed = open_page(before_payment="update:15.000", after_success="stay")

    assert tab.evaluate(PAY, [DATA, "success"]) == "paid"

    assert ottu.sessions[placed["session_id"]]["amount"] == "15.000"
    expect(tab.locator("#order-total")).to_have_text("15.000 KWD")


def test_a_replaced_session_stops_the_payment_and_opens_the_new_page(
    open_page: OpenPage, tab: Page, ottu: FakeOttu
) -> None:
    """A session ended under the customer's hands is not paid; they get the new one."""
    placed = open_page(before_payment="update:15.000")
    ottu.refuse["update"] = (400, {"amount": ["No."]})

    with tab.expect_navigation():
        tab.evaluate("(data) => { tiny.pay(data, 'success').catch(() => {}) }", DATA)

    new = next(session for session in ottu.sessions if session != placed["session_id"])
    expect(tab.locator("#checkout")).to_have_text(f"paying {new}")


def test_the_customer_can_change_the_quantity(
    open_page: OpenPage, tab: Page, ottu: FakeOttu
) -> None:
    """Another quantity updates the session, then the SDK shows the new amount."""
    placed = open_page()

    tab.get_by_label("Quantity").select_option("3")

    expect(tab.locator("#checkout")).to_have_text("reloaded")
    expect(tab.locator("#order-total")).to_have_text("37.500 KWD")
    assert ottu.sessions[placed["session_id"]]["amount"] == "37.500"


def test_callbacks_can_be_addresses(open_page: OpenPage, tab: Page, shop: Shop) -> None:
    """A script may name addresses in place of functions."""
    open_page(callbacks="urls")

    assert tab.evaluate("({...tiny.script.dataset})") == {
        "success": f"{shop.url}/return",
        "cancel": f"{shop.url}/return",
        "error": f"{shop.url}/error",
        "beforepayment": "beforePayment",
        "validatepayment": "validatePayment",
    }


@pytest.mark.parametrize("csp", [None, "documented", "trusted-types"])
@pytest.mark.parametrize("sdk_loading", ["tag", "dynamic"])
def test_the_page_works_under_its_own_policy(
    open_page: OpenPage, tab: Page, csp: str | None, sdk_loading: str
) -> None:
    """With Ottu's documented policy, and with Trusted Types, the page violates nothing."""
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(error.message))

    placed = open_page(csp=csp, sdk_loading=sdk_loading, before_payment="update:15.000")
    expect(tab.locator("#checkout")).to_have_text(f"paying {placed['session_id']}")
    tab.evaluate(PAY, [DATA | {"redirect_url": "u"}, "nothing"])

    assert tab.evaluate("tiny.script.dataset.success") == "successCallback"
    assert complaints == []


def test_an_sdk_that_does_not_load_is_told_to_customer_and_admin(
    web: httpx.Client, site: MerchantSite, credentials: Credentials, tab: Page
) -> None:
    """Without its script the page says so, and the administrator hears of it."""
    broken = credentials.model_copy(update={"sdk_url": f"{credentials.base_url}/gone.js"})
    shop = site.open_shop(broken)
    for loading in ("tag", "dynamic"):
        with tab.expect_response("**/problems"):
            tab.goto(place(web, shop, sdk_loading=loading)["page_url"])
        expect(tab.get_by_role("alert")).to_contain_text("could not be loaded")

    assert [n.subject for n in shop.admin_notices] == 2 * ["A checkout page did not work"]


def test_a_person_can_buy(tab: Page, shop: Shop, ottu: FakeOttu) -> None:
    """From the front page, quantity and a button lead to a page that pays the right amount."""
    tab.goto(f"{shop.url}/")
    tab.get_by_label("Quantity").select_option("2")
    tab.get_by_role("button", name="Checkout").click()

    (session,) = ottu.sessions.values()
    assert session["amount"] == "8.500"
    expect(tab.locator("#checkout")).to_have_text(f"paying {session['session_id']}")
    expect(tab.locator("#order-total")).to_have_text("8.500 KWD")


def test_a_person_sees_the_error_page(tab: Page, shop: Shop, ottu: FakeOttu) -> None:
    """When no session can be made, the customer is told that nothing was charged."""
    ottu.refuse["create"] = (503, {})
    tab.goto(f"{shop.url}/")

    tab.get_by_role("button", name="Checkout").click()

    expect(tab.get_by_role("heading", name="Something went wrong")).to_be_visible()
    assert tab.url == f"{shop.url}/error"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_summary_stands_beside_the_sdk_or_above_it(
    open_page: OpenPage, tab: Page, width: int
) -> None:
    """On a desktop the two are side by side; on a phone nothing is wider than the screen."""
    tab.set_viewport_size({"width": width, "height": 800})
    open_page()

    summary = tab.get_by_role("complementary").bounding_box()
    container = tab.locator("#checkout").bounding_box()
    assert summary is not None
    assert container is not None
    if width > 760:
        assert summary["x"] >= container["x"] + container["width"]
    else:
        assert summary["y"] + summary["height"] <= container["y"]
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
