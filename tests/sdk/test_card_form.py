"""The card form in its frame: what it accepts, what it says, what it tells the page."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.sdk.ottu import SUBMIT, Ottu, names, result


@pytest.mark.parametrize(
    ("label", "typed", "message"),
    [
        ("Card Number", "", "This field is required"),
        ("Card Number", "4111 1111 1111 1112", "Invalid card number"),
        ("Card Number", "4111", "Invalid card number"),
        ("MM/YY", "", "This field is required"),
        ("MM/YY", "13/39", "Invalid month"),
        ("MM/YY", "00/39", "Invalid month"),
        ("MM/YY", "01/", "Invalid year"),
        ("MM/YY", "01/20", "Card has expired"),
        ("CVV", "", "This field is required"),
        ("CVV", "12", "Invalid CVV code"),
    ],
)
def test_a_wrong_field_says_what_is_wrong_and_nothing_is_sent(
    ottu: Ottu, label: str, typed: str, message: str
) -> None:
    """The message stands at its own field, for the eye and for a screen reader; nothing fires."""
    ottu.show()
    ottu.type_card()
    field = ottu.form.get_by_label(label)
    field.fill(typed)

    ottu.pay.click()

    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(ottu.form.get_by_role("alert").filter(has_text=message)).to_be_visible()
    assert field.get_attribute("aria-errormessage") == field.get_attribute("aria-describedby")
    assert ottu.asked("POST", f"{SUBMIT}/cards/") == 0
    assert ottu.page.evaluate("told") == []


def test_a_corrected_field_pays(ottu: Ottu) -> None:
    """The message goes when the field is right, and the payment then goes through."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    ottu.show()
    ottu.type_card(expiry="13/39")
    ottu.pay.click()
    field = ottu.form.get_by_label("MM/YY")
    expect(field).to_have_attribute("aria-invalid", "true")

    field.fill("12/39")

    expect(ottu.form.get_by_text("Invalid month")).to_have_count(0)
    ottu.pay.click()
    assert names(ottu.told()) == ["success"]


def test_the_servers_complaint_stands_at_its_field(ottu: Ottu) -> None:
    """What only the server can find fault with is a form error as well: shown, no callback."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (
        400,
        {"card": {"expiry_year": ["Card has expired"], "number": ["Not this card."]}},
    )
    ottu.show()
    ottu.type_card()

    ottu.pay.click()

    expect(ottu.form.get_by_role("alert").filter(has_text="Not this card.")).to_be_visible()
    expect(ottu.form.get_by_role("alert").filter(has_text="Card has expired")).to_be_visible()
    expect(ottu.pay).to_be_enabled()
    assert ottu.page.evaluate("told") == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("0139", "01/39"), ("139", "13/9"), ("5", "05/"), ("01/2039", "01/39"), ("1/39", "01/39")],
)
def test_an_expiry_is_written_as_it_is_printed(ottu: Ottu, typed: str, shown: str) -> None:
    """Whatever way people and browsers write a month and a year, it reads MM/YY."""
    ottu.show()
    ottu.page.get_by_role("radio", name="Credit Card").check()

    ottu.form.get_by_label("MM/YY").press_sequentially(typed)

    expect(ottu.form.get_by_label("MM/YY")).to_have_value(shown)


@pytest.mark.parametrize("number", [f"41111111111111{last}" for last in "123456"])
def test_the_sandboxs_published_numbers_are_accepted(ottu: Ottu, number: str) -> None:
    """Ottu publishes test numbers without a check digit; the form lets them through."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    ottu.show()
    ottu.type_card(number)

    ottu.pay.click()

    assert names(ottu.told()) == ["success"]


def test_enter_pays(ottu: Ottu) -> None:
    """The Enter key in a field does what the button does."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    ottu.show()
    ottu.type_card()

    ottu.form.get_by_label("CVV").press("Enter")

    assert names(ottu.told()) == ["success"]


def test_enter_pressed_twice_pays_once(ottu: Ottu) -> None:
    """While a payment is under way, no other way to start one starts another."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    ottu.show()
    ottu.type_card()

    ottu.form.get_by_label("CVV").evaluate(
        "(field) => { field.form.requestSubmit(); field.form.requestSubmit(); }"
    )

    assert names(ottu.told()) == ["success"]
    assert ottu.asked("POST", f"{SUBMIT}/cards/") == 1


def test_the_page_never_hears_the_card(ottu: Ottu) -> None:
    """Of all messages the frame sends to the page, none holds the number or the code."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, result())
    ottu.page.add_init_script(
        "window.heard = []; addEventListener('message', (event) => heard.push(event.data));"
    )
    page = ottu.show()
    ottu.type_card("5123 4500 0000 0008")
    ottu.form.get_by_label("CVV").fill("987")
    ottu.pay.click()
    ottu.told()

    heard = json.dumps(page.evaluate("heard"))

    assert "512345XXXXXX0008" in heard
    assert "5123450000000008" not in heard
    assert "987" not in heard


def test_a_stranger_cannot_steer_the_form(ottu: Ottu) -> None:
    """Once the embedding page has spoken, messages of another window are not obeyed."""
    page = ottu.show()
    ottu.type_card()
    frame = next(frame for frame in page.frames if "card-form" in frame.url)

    frame.evaluate("window.postMessage({ottu: 'checkout', type: 'pay', question: 1}, '*')")
    ottu.form.get_by_label("CVV").fill("1")
    ottu.pay.click()
    expect(ottu.form.get_by_role("alert").filter(has_text="Invalid CVV code")).to_be_visible()

    assert ottu.asked("POST", f"{SUBMIT}/cards/") == 0


def test_a_change_of_mind_keeps_what_was_typed(ottu: Ottu) -> None:
    """The form closes when another method is chosen and opens again as it was left."""
    page = ottu.show()
    ottu.type_card()

    page.get_by_role("radio", name="KNET").check()
    expect(page.locator('iframe[title="Card details"]')).to_have_count(0)
    page.get_by_role("radio", name="Credit Card").check()

    expect(ottu.form.get_by_label("Card Number")).to_have_value("4111 1111 1111 1111")
