"""One request for every way each endpoint can answer, by name.

An exchange gives the answer and the path it has in Ottu's description.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from tests.sandbox.installation import APPLE, DECLINED, GOOGLE, SDK, TXN, Merchant, order

Exchange = Callable[[Merchant], httpx.Response]
EXCHANGES: dict[str, tuple[str, Exchange]] = {}

ONE = "/b/checkout/v1/pymt-txn/{session_id}/"
NOBODY = "0" * 40
PDF = ("terms.pdf", b"%PDF-1.4", "application/pdf")


def exchange(path: str) -> Callable[[Exchange], Exchange]:
    def enter(function: Exchange) -> Exchange:
        EXCHANGES[function.__name__] = (path, function)
        return function

    return enter


# -- payment transactions -----------------------------------------------------------------


@exchange(TXN)
def create(merchant: Merchant) -> httpx.Response:
    return merchant.post(TXN, order())


@exchange(TXN)
def create_with_everything(merchant: Merchant) -> httpx.Response:
    return merchant.post(
        TXN,
        order(
            pg_codes=["ottu-sandbox", "knet-sandbox"],
            order_no="A-1",
            customer_id="c1",
            customer_email="c@example.com",
            customer_first_name="Fatima",
            customer_last_name="Salem",
            customer_phone="+96550000000",
            customer_birthdate="1990-02-03",
            billing_address={"line1": "Street 1", "city": "Kuwait", "country": "KW"},
            shipping_address={
                "line1": "Street 1",
                "city": "Kuwait",
                "country": "KW",
                "first_name": "Fatima",
                "last_name": "Salem",
                "email": "c@example.com",
                "phone": "+96550000000",
            },
            card_acceptance_criteria={"min_expiry_time": 30},
            expiration_time="01:00:00",
            extra={"basket": [1, 2]},
            include_sdk_setup_preload=True,
            generate_qr_code=True,
            shortify_checkout_url=True,
            language="ar",
            notifications={"email": ["created", "paid"], "sms": ["paid"]},
            redirect_url="https://merchant.example/return",
            webhook_url=None,
            unknown="ignored",
        ),
    )


@exchange(TXN)
def create_with_attachment(merchant: Merchant) -> httpx.Response:
    fields = {**order(pg_codes="ottu-sandbox"), "shortify_attachment_url": "true"}
    return merchant.call("POST", TXN, data=fields, files={"attachment": PDF})


@exchange(TXN)
def create_nothing(merchant: Merchant) -> httpx.Response:
    return merchant.post(TXN, {})


@exchange(TXN)
def create_nonsense(merchant: Merchant) -> httpx.Response:
    body = order(amount="-1", currency_code="XXX", pg_codes=["none"], billing_address={"city": 1})
    return merchant.post(TXN, body | {"notifications": {"sms": ["paid"]}})


@exchange(TXN)
def create_for_unreachable_customer(merchant: Merchant) -> httpx.Response:
    return merchant.post(TXN, order(notifications={"sms": ["paid"]}))


@exchange(TXN)
def create_with_two_of_one_wallet(merchant: Merchant) -> httpx.Response:
    return merchant.post(TXN, order(payment_type="auto_debit"))


@exchange(TXN)
def create_malformed(merchant: Merchant) -> httpx.Response:
    headers = {"content-type": "application/json"}
    return merchant.call("POST", TXN, content=b'{"amount":', headers=headers)


@exchange(TXN)
def create_in_xml(merchant: Merchant) -> httpx.Response:
    headers = {"content-type": "application/xml"}
    return merchant.call("POST", TXN, content=b"<amount/>", headers=headers)


@exchange(TXN)
def create_by_nobody(merchant: Merchant) -> httpx.Response:
    return merchant.call("POST", TXN, json=order(), headers={"authorization": "Api-Key none"})


@exchange(TXN)
def create_with_public_key(merchant: Merchant) -> httpx.Response:
    return merchant.browser("POST", TXN, json=order())


@exchange(TXN)
def create_and_pay_by_apple_pay(merchant: Merchant) -> httpx.Response:
    instrument = {"instrument_type": "apple_pay", "payload": APPLE}
    return merchant.post(TXN, order(payment_instrument=instrument))


@exchange(TXN)
def create_and_pay_by_token(merchant: Merchant) -> httpx.Response:
    token = merchant.saved_card("c1")
    instrument = {"instrument_type": "token", "payload": {"token": token}}
    return merchant.post(TXN, order(customer_id="c1", payment_instrument=instrument))


@exchange(TXN)
def create_and_pay_by_wallet(merchant: Merchant) -> httpx.Response:
    merchant.fund("c1", "20.000")
    instrument = {"instrument_type": "wallet", "payload": {"wallet_code": "ottu"}}
    return merchant.post(TXN, order(customer_id="c1", payment_instrument=instrument))


@exchange(TXN)
def create_and_be_declined(merchant: Merchant) -> httpx.Response:
    instrument = {"instrument_type": "google_pay", "payload": GOOGLE}
    extra = {"sandbox_result": "failed"}
    return merchant.post(TXN, order(payment_instrument=instrument, extra=extra))


@exchange(TXN)
def create_with_wrong_instrument(merchant: Merchant) -> httpx.Response:
    instrument = {"instrument_type": "apple_pay", "payload": {"paymentData": {}}}
    return merchant.post(TXN, order(payment_instrument=instrument))


@exchange(ONE)
def retrieve(merchant: Merchant) -> httpx.Response:
    return merchant.get(f"{TXN}{merchant.create()['session_id']}/")


@exchange(ONE)
def retrieve_paid(merchant: Merchant) -> httpx.Response:
    return merchant.get(f"{TXN}{merchant.paid()}/")


@exchange(ONE)
def retrieve_unknown(merchant: Merchant) -> httpx.Response:
    return merchant.get(f"{TXN}{NOBODY}/")


@exchange(ONE)
def replace(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create()["session_id"]
    return merchant.call("PUT", f"{TXN}{session_id}/", json=order(amount="3"))


@exchange(ONE)
def replace_by_nothing(merchant: Merchant) -> httpx.Response:
    return merchant.call("PUT", f"{TXN}{merchant.create()['session_id']}/", json={})


@exchange(ONE)
def update(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create()["session_id"]
    return merchant.call("PATCH", f"{TXN}{session_id}/", json={"amount": 3})


@exchange(ONE)
def update_paid(merchant: Merchant) -> httpx.Response:
    return merchant.call("PATCH", f"{TXN}{merchant.paid()}/", json={"amount": 3})


@exchange(ONE)
def update_with_nonsense(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create()["session_id"]
    return merchant.call("PATCH", f"{TXN}{session_id}/", json={"amount": "much"})


UPLOAD = "/b/checkout/v1/upload-attachment/"


@exchange(UPLOAD)
def upload(merchant: Merchant) -> httpx.Response:
    return merchant.call("POST", UPLOAD, files={"file": PDF})


@exchange(UPLOAD)
def upload_for_transaction(merchant: Merchant) -> httpx.Response:
    fields = {"session_id": merchant.create()["session_id"], "shortify_attachment_url": "true"}
    return merchant.call("POST", UPLOAD, files={"file": PDF}, data=fields)


@exchange(UPLOAD)
def upload_nothing(merchant: Merchant) -> httpx.Response:
    return merchant.call("POST", UPLOAD, data={"order_no": "A-1"})


@exchange(UPLOAD)
def upload_executable(merchant: Merchant) -> httpx.Response:
    return merchant.call("POST", UPLOAD, files={"file": ("a.exe", b"MZ", "application/x-exe")})


@exchange(UPLOAD)
def upload_for_two(merchant: Merchant) -> httpx.Response:
    fields = {"session_id": NOBODY, "order_no": "A-1"}
    return merchant.call("POST", UPLOAD, files={"file": PDF}, data=fields)


@exchange(UPLOAD)
def upload_for_unknown(merchant: Merchant) -> httpx.Response:
    return merchant.call("POST", UPLOAD, files={"file": PDF}, data={"order_no": "none"})


@exchange(UPLOAD)
def upload_short_for_nobody(merchant: Merchant) -> httpx.Response:
    fields = {"shortify_attachment_url": "true"}
    return merchant.call("POST", UPLOAD, files={"file": PDF}, data=fields)


# -- payment methods and cards --------------------------------------------------------------

METHODS = "/b/pbl/v2/payment-methods/"
CARDS = "/b/pbl/v2/card/"


@exchange(METHODS)
def payment_methods(merchant: Merchant) -> httpx.Response:
    return merchant.post(METHODS, {"plugin": "e_commerce", "customer_id": "c1"})


@exchange(METHODS)
def payment_methods_of_no_plugin(merchant: Merchant) -> httpx.Response:
    return merchant.post(METHODS, {"tags": ["nonsense"]})


@exchange(METHODS)
def payment_methods_with_public_key(merchant: Merchant) -> httpx.Response:
    return merchant.browser("POST", METHODS, json={"plugin": "e_commerce"})


@exchange(CARDS)
def cards(merchant: Merchant) -> httpx.Response:
    merchant.saved_card("c1")
    return merchant.post(CARDS, {"type": "sandbox", "customer_id": "c1"})


@exchange(CARDS)
def cards_of_nobody(merchant: Merchant) -> httpx.Response:
    return merchant.post(CARDS, {"type": "sandbox", "customer_id": "nobody"})


@exchange(CARDS)
def cards_without_customer(merchant: Merchant) -> httpx.Response:
    return merchant.post(CARDS, {"type": "else"})


@exchange(CARDS)
def cards_by_get(merchant: Merchant) -> httpx.Response:
    return merchant.get(CARDS)


@exchange("/b/pbl/v2/card/{token}/")
def delete_card(merchant: Merchant) -> httpx.Response:
    token = merchant.saved_card("c1")
    return merchant.call("DELETE", f"{CARDS}{token}/?customer_id=c1&type=sandbox")


@exchange("/b/pbl/v2/card/{token}/")
def delete_card_of_agreement(merchant: Merchant) -> httpx.Response:
    token = merchant.saved_card("c1", payment_type="auto_debit", agreement={"id": "g1"})
    return merchant.call("DELETE", f"{CARDS}{token}/?customer_id=c1&type=sandbox")


@exchange("/b/pbl/v2/card/{token}/")
def delete_card_of_somebody_else(merchant: Merchant) -> httpx.Response:
    token = merchant.saved_card("c1")
    return merchant.call("DELETE", f"{CARDS}{token}/?customer_id=c2&type=sandbox")


# -- payments by the merchant's server --------------------------------------------------------

AUTO = "/b/pbl/v2/auto-debit/"
NATIVE = "/b/pbl/v2/payment/"


def _agreed(merchant: Merchant) -> dict[str, Any]:
    """A session that may be auto-debited with the token beside it."""
    more = {"payment_type": "auto_debit", "agreement": {"id": "g1"}}
    token = merchant.saved_card("c1", **more)
    session_id = merchant.create(customer_id="c1", **more)["session_id"]
    return {"session_id": session_id, "token": token}


@exchange(AUTO)
def auto_debit(merchant: Merchant) -> httpx.Response:
    return merchant.post(AUTO, _agreed(merchant))


@exchange("/b/pbl/v2/payment/auto-debit/")
def auto_debit_at_its_other_path(merchant: Merchant) -> httpx.Response:
    return merchant.post("/b/pbl/v2/payment/auto-debit/", _agreed(merchant))


@exchange(AUTO)
def auto_debit_without_agreement(merchant: Merchant) -> httpx.Response:
    token = merchant.saved_card("c1")
    more: dict[str, Any] = {"payment_type": "auto_debit", "agreement": {"id": "g1"}}
    session_id = merchant.create(customer_id="c1", **more)["session_id"]
    return merchant.post(AUTO, {"session_id": session_id, "token": token})


@exchange(AUTO)
def auto_debit_of_nothing(merchant: Merchant) -> httpx.Response:
    return merchant.post(AUTO, {})


@exchange(AUTO)
def auto_debit_by_nobody(merchant: Merchant) -> httpx.Response:
    return merchant.call("POST", AUTO, json={}, headers={"authorization": "Api-Key none"})


@exchange(f"{NATIVE}apple-pay/")
def apple_pay(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create()["session_id"]
    return merchant.post(f"{NATIVE}apple-pay/", {"session_id": session_id, "payload": APPLE})


@exchange(f"{NATIVE}apple-pay/")
def apple_pay_twice(merchant: Merchant) -> httpx.Response:
    return merchant.post(f"{NATIVE}apple-pay/", {"session_id": merchant.paid(), "payload": APPLE})


@exchange(f"{NATIVE}apple-pay/")
def apple_pay_without_token(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create()["session_id"]
    return merchant.post(f"{NATIVE}apple-pay/", {"session_id": session_id, "payload": {}})


@exchange(f"{NATIVE}google-pay/")
def google_pay(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create()["session_id"]
    body = {"session_id": session_id, "payload": GOOGLE, "pg_code": None}
    return merchant.post(f"{NATIVE}google-pay/", body)


@exchange(f"{NATIVE}google-pay/")
def google_pay_declined(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create(extra={"sandbox_result": "failed"})["session_id"]
    return merchant.post(f"{NATIVE}google-pay/", {"session_id": session_id, "payload": GOOGLE})


@exchange(f"{NATIVE}wallet/")
def wallet(merchant: Merchant) -> httpx.Response:
    merchant.fund("c1", "20.000")
    session_id = merchant.create(customer_id="c1")["session_id"]
    return merchant.post(f"{NATIVE}wallet/", {"session_id": session_id})


@exchange(f"{NATIVE}wallet/")
def wallet_too_small(merchant: Merchant) -> httpx.Response:
    merchant.fund("c1", "1.000")
    session_id = merchant.create(customer_id="c1")["session_id"]
    return merchant.post(f"{NATIVE}wallet/", {"session_id": session_id})


def _on_delivery(merchant: Merchant) -> str:
    session_id: str = merchant.create(pg_codes=["cash-sandbox"])["session_id"]
    submit = f"{SDK}/pymt-txn/submit/{session_id}/cash-sandbox/"
    merchant.browser("GET", merchant.browser("POST", submit, json={}).json()["redirect_url"])
    assert merchant.retrieve(session_id)["state"] == "cod"
    return session_id


@exchange(f"{NATIVE}cash/")
def cash(merchant: Merchant) -> httpx.Response:
    return merchant.post(f"{NATIVE}cash/", {"session_id": _on_delivery(merchant)})


@exchange("/b/pbl/v2/cash-payment/")
def cash_at_its_old_path(merchant: Merchant) -> httpx.Response:
    return merchant.post("/b/pbl/v2/cash-payment/", {"session_id": _on_delivery(merchant)})


@exchange(f"{NATIVE}cash/")
def cash_for_cards(merchant: Merchant) -> httpx.Response:
    return merchant.post(f"{NATIVE}cash/", {"session_id": merchant.create()["session_id"]})


# -- inquiry and operations -----------------------------------------------------------------

INQUIRY = "/b/pbl/v2/inquiry/"
OPERATION = "/b/pbl/v2/operation/"


@exchange(INQUIRY)
def inquiry(merchant: Merchant) -> httpx.Response:
    return merchant.post(INQUIRY, {"session_id": merchant.paid(order_no="A-1")})


@exchange(INQUIRY)
def inquiry_of_new(merchant: Merchant) -> httpx.Response:
    return merchant.post(INQUIRY, {"session_id": merchant.create()["session_id"]})


@exchange(INQUIRY)
def inquiry_of_saved_card(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create(customer_id="c1")["session_id"]
    merchant.pay(session_id, save_card=True)
    return merchant.post(INQUIRY, {"session_id": session_id})


@exchange(INQUIRY)
def inquiry_of_refunded(merchant: Merchant) -> httpx.Response:
    session_id = merchant.paid(order_no="A-1")
    merchant.operate("refund", session_id, amount="2.5")
    return merchant.post(INQUIRY, {"session_id": session_id})


@exchange(INQUIRY)
def inquiry_of_declined(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create()["session_id"]
    merchant.pay(session_id, card=DECLINED)
    return merchant.post(INQUIRY, {"session_id": session_id})


@exchange(INQUIRY)
def inquiry_of_nothing(merchant: Merchant) -> httpx.Response:
    return merchant.post(INQUIRY, {})


@exchange(INQUIRY)
def inquiry_of_unknown(merchant: Merchant) -> httpx.Response:
    return merchant.post(INQUIRY, {"session_id": NOBODY})


@exchange(INQUIRY)
def inquiry_too_soon(merchant: Merchant) -> httpx.Response:
    merchant.call("PUT", "/_sandbox/settings", json={"inquiry_throttle": True})
    return merchant.post(INQUIRY, {"session_id": merchant.create()["session_id"]})


@exchange(OPERATION)
def cancel(merchant: Merchant) -> httpx.Response:
    return merchant.operate("cancel", merchant.create()["session_id"])


@exchange(OPERATION)
def expire(merchant: Merchant) -> httpx.Response:
    return merchant.operate("expire", merchant.create()["session_id"])


@exchange(OPERATION)
def delete(merchant: Merchant) -> httpx.Response:
    return merchant.operate("delete", merchant.create()["session_id"])


@exchange(OPERATION)
def cancel_paid(merchant: Merchant) -> httpx.Response:
    return merchant.operate("cancel", merchant.paid())


@exchange(OPERATION)
def refund(merchant: Merchant) -> httpx.Response:
    return merchant.operate("refund", merchant.paid(order_no="A-1"), amount="2.500")


@exchange(OPERATION)
def refund_to_wallet(merchant: Merchant) -> httpx.Response:
    return merchant.operate("refund", merchant.paid(customer_id="c1"), destination="wallet")


@exchange(OPERATION)
def refund_too_much(merchant: Merchant) -> httpx.Response:
    return merchant.operate("refund", merchant.paid(), amount="99")


@exchange(OPERATION)
def capture(merchant: Merchant) -> httpx.Response:
    return merchant.operate("capture", merchant.paid(pg_codes=["ottu-authorize"]), amount="5")


@exchange(OPERATION)
def void(merchant: Merchant) -> httpx.Response:
    return merchant.operate("void", merchant.paid())


@exchange(OPERATION)
def operation_of_no_kind(merchant: Merchant) -> httpx.Response:
    return merchant.operate("dance", merchant.paid())


@exchange(OPERATION)
def operation_by_get(merchant: Merchant) -> httpx.Response:
    return merchant.get(OPERATION)


# -- notifications, invoices, wallets -----------------------------------------------------------

MESSAGE = "/b/pbl/v2/message-notification/"
TEMPLATE = "/b/pbl/v2/send-notification/"
BY_CHANNEL = "/b/pbl/v2/notifications/send/{channel}/"
INVOICE = "/b/invoice/v1/invoice/"
ACCOUNTS = "/b/wallet/ottu/v1/accounts/"
ENTRIES = "/b/wallet/ottu/v1/entries/"
MOVEMENTS = "/b/wallet/ottu/v1/operations/"
FINALIZATION = "/b/checkout/v1/wallet/payment-sessions/{session_id}/finalization-status/"


@exchange(MESSAGE)
def message(merchant: Merchant) -> httpx.Response:
    asked = {"email": ["created"]}
    made = merchant.create(customer_email="c@example.com", notifications=asked)
    return merchant.post(MESSAGE, {"session_id": made["session_id"], "channels": ["email"]})


@exchange(MESSAGE)
def message_nobody_asked_for(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create()["session_id"]
    return merchant.post(MESSAGE, {"session_id": session_id, "channels": ["sms"]})


@exchange(MESSAGE)
def message_by_pigeon(merchant: Merchant) -> httpx.Response:
    session_id = merchant.create()["session_id"]
    return merchant.post(MESSAGE, {"session_id": session_id, "channels": ["pigeon"]})


@exchange(TEMPLATE)
def template(merchant: Merchant) -> httpx.Response:
    body = {"channel": "sms", "template_id": "t1", "to": "+96550000000"}
    return merchant.post(TEMPLATE, body)


@exchange(TEMPLATE)
def template_to_nobody(merchant: Merchant) -> httpx.Response:
    return merchant.post(TEMPLATE, {"channel": "sms"})


@exchange(BY_CHANNEL)
def template_by_channel(merchant: Merchant) -> httpx.Response:
    path = BY_CHANNEL.format(channel="email")
    return merchant.post(path, {"template_id": "t1", "to": "c@example.com"})


@exchange(BY_CHANNEL)
def template_by_pigeon(merchant: Merchant) -> httpx.Response:
    path = BY_CHANNEL.format(channel="pigeon")
    return merchant.post(path, {"template_id": "t1", "to": "c@example.com"})


def _invoice(**fields: Any) -> dict[str, Any]:
    item = {"sku": "S", "description": "Shirt", "quantity": "2", "unit_price": "5.250"}
    return {
        "currency_code": "KWD",
        "due_date": "2039-01-31",
        "invoice_items": [{**item, "tax_rate": "5", "discount_percentage": "10"}],
        "invoice_number": "I-1",
        "pg_codes": ["ottu-sandbox"],
        "type": "payment_request",
        **fields,
    }


@exchange(INVOICE)
def invoice(merchant: Merchant) -> httpx.Response:
    return merchant.post(INVOICE, _invoice(shipping_excl_tax="1", discount_amount="0.500"))


@exchange(INVOICE)
def invoice_for_nothing(merchant: Merchant) -> httpx.Response:
    return merchant.post(INVOICE, _invoice(invoice_items=[], due_date="soon"))


@exchange(INVOICE)
def invoice_with_wrong_item(merchant: Merchant) -> httpx.Response:
    return merchant.post(INVOICE, _invoice(invoice_items=[{"sku": "S", "quantity": -1}]))


@exchange(ACCOUNTS)
def accounts(merchant: Merchant) -> httpx.Response:
    merchant.fund("c1", "20.000")
    merchant.fund("c1", "3.00", "USD")
    return merchant.post(ACCOUNTS, {"customer_id": "c1", "pagination": {"per_page": 1}})


@exchange(ACCOUNTS)
def accounts_of_nobody(merchant: Merchant) -> httpx.Response:
    return merchant.post(ACCOUNTS, {"customer_id": "nobody"})


@exchange(ACCOUNTS)
def accounts_without_customer(merchant: Merchant) -> httpx.Response:
    return merchant.post(ACCOUNTS, {"pagination": {"per_page": 99}})


@exchange(ENTRIES)
def entries(merchant: Merchant) -> httpx.Response:
    wallet(merchant)
    return merchant.post(ENTRIES, {"customer_id": "c1", "currency": "KWD"})


@exchange(ENTRIES)
def entries_of_nobody(merchant: Merchant) -> httpx.Response:
    return merchant.post(ENTRIES, {"customer_id": "nobody", "currency": "KWD"})


@exchange(MOVEMENTS)
def movement(merchant: Merchant) -> httpx.Response:
    wallet(merchant)
    return merchant.post(MOVEMENTS, {"operation_id": 2})


@exchange(MOVEMENTS)
def movement_unknown(merchant: Merchant) -> httpx.Response:
    return merchant.post(MOVEMENTS, {"operation_id": 77})


@exchange(FINALIZATION)
def finalization(merchant: Merchant) -> httpx.Response:
    return merchant.get(FINALIZATION.format(session_id=merchant.paid()))


@exchange(FINALIZATION)
def finalization_of_unknown(merchant: Merchant) -> httpx.Response:
    return merchant.get(FINALIZATION.format(session_id=NOBODY))
