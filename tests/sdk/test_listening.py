"""How the SDK finds the merchant's callbacks, and what it does where there are none."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.sdk.ottu import LISTENING, OTTU, SDK_TAG, SESSION, SHOP, SUBMIT, Ottu, names, result

SRC = f"{OTTU}/checkout/v3/checkout.min.js"


def test_callbacks_are_found_when_they_are_due(ottu: Ottu) -> None:
    """A function put in place after init, under a name given after init, is the one that runs."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    page = ottu.show(f'{LISTENING}<script id=ottu src="{SRC}"></script>')
    page.evaluate(
        "document.getElementById('ottu').dataset.success = 'late';"
        "window.late = (data) => told.push(['late', data]); void 0;"
    )
    ottu.type_card()

    ottu.pay.click()

    assert names(ottu.told()) == ["late"]


def test_a_script_put_in_by_a_script_finds_itself(ottu: Ottu) -> None:
    """Pages that build the element and start much later are served as well."""
    ottu.serve("/", f"{LISTENING}<div id=checkout></div>")
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    page = ottu.page
    page.goto(f"{SHOP}/")
    page.evaluate(
        """(src) => new Promise((resolve) => {
          const script = document.createElement('script');
          script.src = src;
          script.onload = resolve;
          document.head.append(script);
          script.setAttribute('data-success', 'onSuccess');
        })""",
        SRC,
    )
    page.evaluate(
        f"Checkout.init({{selector: 'checkout', merchant_id: 'ottu.test',"
        f" session_id: '{SESSION}', apiKey: 'public'}})"
    )
    ottu.type_card()

    ottu.pay.click()

    assert names(ottu.told()) == ["success"]


def test_an_address_instead_of_a_name_is_gone_to(ottu: Ottu) -> None:
    """A data attribute that holds a URL sends the browser there with the result in the query."""
    ottu.serve("/thanks", "")
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    page = ottu.show(f'<script src="{SRC}" data-success="/thanks"></script>')
    ottu.pages[f"{SHOP}/thanks"] = "thanks"
    page.context.route("**/thanks?*", lambda route: route.fulfill(body="thanks"))
    ottu.type_card()

    ottu.pay.click()

    page.wait_for_url("**/thanks?*")
    query = parse_qs(urlsplit(page.url).query)
    assert query["status"] == ["success"]
    assert query["session_id"] == [SESSION]


def test_a_throwing_callback_does_not_stop_the_sdk(ottu: Ottu) -> None:
    """The page's own mistake is reported as the page's, and the customer can pay again."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result("canceled"))
    page = ottu.show()
    page.evaluate("onCancel = () => { throw new Error('the shop is wrong'); }; void 0;")
    ottu.type_card()

    ottu.pay.click()
    expect(ottu.form.get_by_label("CVV")).to_have_value("")
    expect(ottu.pay).to_be_enabled()

    assert ottu.errors == ["the shop is wrong"]
    ottu.errors.clear()


def test_nobody_listening_leaves_the_customer_informed(ottu: Ottu) -> None:
    """Where the page has no callback, the SDK's own popup says how the payment went."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result("canceled"))
    page = ottu.show(f'<script src="{SRC}"></script>')
    ottu.type_card()

    ottu.pay.click()

    dialog = page.get_by_role("dialog", name="Payment failed...")
    expect(dialog).to_contain_text("It ended in canceled.")


def test_an_unknown_session_is_an_error_and_offers_nothing(ottu: Ottu) -> None:
    """No form, a clear popup, and the error callback with the server's own words; told once."""
    ottu.answers["GET", f"{SUBMIT}?enableCHD=true"] = (404, {"detail": "Invalid session data."})
    page = ottu.show()

    expect(page.get_by_role("dialog")).to_contain_text("Invalid session data.")
    page.get_by_role("button", name="Try Again").click()
    page.evaluate("Checkout.reload()")
    expect(page.get_by_role("dialog")).to_be_visible()

    assert page.evaluate("told") == [
        [
            "error",
            {
                "message": "Invalid session data.",
                "form_of_payment": "",
                "status": "error",
                "challenge_occurred": False,
                "session_id": SESSION,
            },
        ]
    ]
    assert ottu.rows == []


def test_a_session_that_is_over_runs_the_cancel_callback(ottu: Ottu) -> None:
    """An expired session shows no method, says so, and is told as a cancel, not as an error."""
    ottu.offer(state="expired", payment_methods=[])
    page = ottu.show()

    expect(page.get_by_role("dialog")).to_contain_text("The payment session has expired.")
    [(kind, data)] = ottu.told()
    assert (kind, data["status"], data["form_of_payment"]) == ("cancel", "canceled", "")
    assert ottu.rows == []


def test_a_planted_defect_is_shown_once_the_session_names_it(ottu: Ottu) -> None:
    """A defect the payload names takes effect, which no other session's payload does."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    ottu.offer(sdk_studio={"defects": ["sdk/success-as-cancel"]})
    ottu.show()
    ottu.type_card()

    ottu.pay.click()

    assert names(ottu.told()) == ["cancel"]


def test_popups_work_before_init(ottu: Ottu) -> None:
    """`showPopup` needs no checkout on the page; null lines are left out; Try Again closes it."""
    ottu.serve("/", SDK_TAG)
    page = ottu.page
    page.goto(f"{SHOP}/")

    page.evaluate("Checkout.showPopup('error', ' ', {result: 'NOT CAPTURED', auth: null})")

    dialog = page.get_by_role("dialog", name="Payment failed... Error occurred with payment")
    expect(dialog.get_by_role("listitem")).to_have_text(["result : NOT CAPTURED"])
    dialog.get_by_role("button", name="Try Again").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
