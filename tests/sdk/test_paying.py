"""Paying by card, token and redirect: what is sent, and which one callback runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sdk.ottu import SESSION, SHOP, SUBMIT, Ottu, names, result, saved_card

FIELDS = {
    "message",
    "form_of_payment",
    "status",
    "challenge_occurred",
    "session_id",
    "order_no",
    "reference_number",
    "redirect_url",
    "payment_gateway_info",
}


def test_a_paid_card_runs_the_success_callback_once(ottu: Ottu) -> None:
    """A double click pays once; the callback gets the documented fields and no others."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    page = ottu.show()
    ottu.type_card()
    page.get_by_role("switch").check()

    ottu.pay.dblclick()

    [(kind, data)] = ottu.told()
    assert kind == "success"
    assert set(data) == FIELDS
    assert ottu.asked("POST", f"{SUBMIT}/cards/") == 1
    sent = next(body for body in ottu.bodies if body and "card" in body)
    assert sent["card"]["number"] == "4111111111111111"
    assert sent["save_card"] is True
    expect(ottu.pay).to_have_count(0)


def test_a_declined_card_can_be_tried_again(ottu: Ottu) -> None:
    """A cancel leaves the form with the number but without the code, and the button ready."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = [(200, result("canceled")), (200, result())]
    ottu.show()
    ottu.type_card()
    ottu.pay.click()
    assert names(ottu.told()) == ["cancel"]
    expect(ottu.form.get_by_label("CVV")).to_have_value("")
    expect(ottu.form.get_by_label("Card Number")).to_have_value("4111 1111 1111 1111")

    ottu.form.get_by_label("CVV").fill("100")
    ottu.pay.click()

    assert names(ottu.told(2)) == ["cancel", "success"]


def test_an_ended_session_offers_no_button_after_its_last_cancel(ottu: Ottu) -> None:
    """The cancel that ended the session is told once, even to a page that reloads on cancel."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result("canceled"))
    page = ottu.show()
    page.evaluate(
        "const tell = onCancel; onCancel = (data) => { tell(data); Checkout.reload(); }; void 0;"
    )
    ottu.type_card()
    ottu.offer(state="failed", payment_methods=[])

    ottu.pay.click()

    expect(page.get_by_text("This payment is closed.")).to_be_visible()
    assert names(ottu.told()) == ["cancel"]
    expect(ottu.pay).to_have_count(0)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((500, None), "Oops, something went wrong. Refresh the page and try again."),
        ((0, None), "Oops, something went wrong. Refresh the page and try again."),
        ((400, {"detail": "Not today."}), "Not today."),
    ],
    ids=["server", "network", "refused"],
)
def test_a_failing_system_runs_the_error_callback(
    ottu: Ottu, answer: tuple[int, object], message: str
) -> None:
    """No answer, a server error and a refusal are errors of the system, told once."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = answer
    ottu.show()
    ottu.type_card()

    ottu.pay.click()

    [(kind, data)] = ottu.told()
    assert kind == "error"
    assert data == {
        "message": message,
        "form_of_payment": "card_onsite",
        "status": "error",
        "challenge_occurred": False,
        "session_id": SESSION,
    }
    expect(ottu.pay).to_be_enabled()


def test_a_refusal_because_the_session_is_over_is_a_cancel(ottu: Ottu) -> None:
    """An error whose reason is the session's end runs the cancel callback, as in Ottu's flow."""
    ottu.answers["POST", f"{SUBMIT}/knet/"] = (400, {"detail": "Gone."})
    page = ottu.show()
    page.get_by_role("radio", name="KNET").check()
    ottu.offer(state="expired", payment_methods=[])

    ottu.pay.click()

    [(kind, data)] = ottu.told()
    assert (kind, data["form_of_payment"], data["status"]) == ("cancel", "redirect", "canceled")
    assert data["message"] == "The payment session has expired."


def test_redirect_leaves_for_the_gateway(ottu: Ottu) -> None:
    """The payment link is made when it is wanted, and no callback runs for leaving."""
    ottu.serve("/gateway", "<h1>Gateway</h1>")
    ottu.answers["POST", f"{SUBMIT}/knet/"] = (
        200,
        {"status": "success", "redirect_url": f"{SHOP}/gateway", "message": ""},
    )
    page = ottu.show()
    page.get_by_role("radio", name="KNET").check()

    ottu.pay.click()

    page.wait_for_url(f"{SHOP}/gateway")
    assert ottu.bodies[-1]["channel"] == "web_sdk"


def test_a_link_that_cannot_be_made_is_an_error(ottu: Ottu) -> None:
    """An answer of status `error` is told as one, for the form of payment `redirect`."""
    ottu.answers["POST", f"{SUBMIT}/knet/"] = (200, {"status": "error", "message": "No link."})
    page = ottu.show()
    page.get_by_role("radio", name="KNET").check()

    ottu.pay.click()

    [(kind, data)] = ottu.told()
    assert (kind, data["message"], data["form_of_payment"]) == ("error", "No link.", "redirect")


def test_a_saved_card_pays_by_its_token(ottu: Ottu) -> None:
    """Without a code to ask for, the token is all that is sent."""
    ottu.offer(cards=[saved_card("tok-4242")])
    ottu.answers["POST", f"{SUBMIT}/token/"] = (200, result(form_of_payment="token_pay"))
    ottu.show()

    ottu.pay.click()

    assert names(ottu.told()) == ["success"]
    body = next(body for body in ottu.bodies if body and "token" in body)
    assert body == {
        "merchant_id": "ottu.test",
        "session_id": SESSION,
        "payment_method": "token",
        "token": "tok-4242",
    }


def test_a_saved_cards_code_is_typed_into_ottus_frame(ottu: Ottu) -> None:
    """The code is asked for, demanded, and sent from the frame."""
    ottu.offer(cards=[saved_card("tok-4242", cvv_required=True)])
    ottu.answers["POST", f"{SUBMIT}/token/"] = (200, result(form_of_payment="token_pay"))
    page = ottu.show()
    frame = page.frame_locator('iframe[title="Card security code"]')

    ottu.pay.click()
    expect(frame.get_by_role("alert")).to_have_text("This field is required")
    frame.get_by_label("CVV").fill("123")
    ottu.pay.click()

    assert names(ottu.told()) == ["success"]
    assert next(body for body in ottu.bodies if body and "token" in body)["cvv"] == "123"
