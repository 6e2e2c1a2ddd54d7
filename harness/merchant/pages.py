"""What the shop's pages are filled with."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from harness.api import Transaction
from harness.merchant.orders import Order, OrderRequest
from harness.merchant.prices import times
from harness.merchant.shop import Shop
from harness.merchant.texts import TEXTS

CONTAINER = "checkout"
MOST_PIECES = 5

_PAID = frozenset({"paid", "authorized", "cod"})
_PRODUCT = "Yirgacheffe coffee, 250 g"
_PRICE = "4.250"

_environment = Environment(
    loader=PackageLoader("harness.merchant"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def front_page(shop: Shop) -> str:
    """Where a person chooses what to buy."""
    return _render(
        "front.html",
        shop,
        "en",
        product=_PRODUCT,
        price=times(_PRICE, 1, shop.currency),
        currency=shop.currency,
        most=MOST_PIECES,
    )


def counter_order(shop: Shop) -> OrderRequest:
    """The order that the front page's form places."""
    return OrderRequest(
        amount=_PRICE, currency_code=shop.currency, product=_PRODUCT, validate_payment="terms"
    )


def checkout_page(shop: Shop, order: Order) -> str:
    """Where an order is paid: the SDK beside the order's summary."""
    asked = order.request
    return _render(
        "checkout.html",
        shop,
        asked.lang,
        order=order,
        container=CONTAINER,
        most=MOST_PIECES,
        sdk_url=shop.credentials.sdk_url,
        attributes=_script_attributes(shop, order),
        config={
            "init": _init_options(shop, order),
            "orderUrl": f"{shop.url}/orders/{order.order_no}",
            "returnUrl": f"{shop.url}/return",
            "validatePayment": asked.validate_payment,
            "beforePayment": asked.before_payment,
            "afterSuccess": asked.after_success,
            "sdkUrl": shop.credentials.sdk_url if asked.sdk_loading == "dynamic" else None,
            "texts": TEXTS[asked.lang],
        },
    )


def return_page(shop: Shop, transaction: Transaction | None, order: Order | None) -> str:
    """Where a customer lands who comes back from paying."""
    paid = transaction is not None and transaction.state in _PAID
    return _render(
        "return.html",
        shop,
        order.request.lang if order else "en",
        transaction=transaction,
        paid=paid,
        again=None if paid or order is None else shop.page_url(order),
    )


def error_page(shop: Shop) -> str:
    """Where a customer lands whose order cannot be paid."""
    return _render("error.html", shop, "en")


def _init_options(shop: Shop, order: Order) -> dict[str, Any]:
    asked = order.request
    options = {
        "selector": CONTAINER,
        "merchant_id": shop.credentials.merchant_id,
        "session_id": order.session_id,
        "apiKey": shop.credentials.public_key,
        "lang": asked.lang,
        "formsOfPayment": asked.forms_of_payment,
        "displayMode": asked.display_mode,
        "theme": asked.theme,
        "setupPreload": order.preload,
    } | asked.init
    return {name: value for name, value in options.items() if value is not None}


def _script_attributes(shop: Shop, order: Order) -> dict[str, str]:
    asked = order.request
    if asked.callbacks == "urls":
        attributes = {
            "data-error": f"{shop.url}/error",
            "data-cancel": f"{shop.url}/return",
            "data-success": f"{shop.url}/return",
        }
    else:
        attributes = {
            "data-error": "errorCallback",
            "data-cancel": "cancelCallback",
            "data-success": "successCallback",
        }
    if asked.before_payment is not None:
        attributes["data-beforepayment"] = "beforePayment"
    if asked.validate_payment is not None:
        attributes["data-validatepayment"] = "validatePayment"
    return attributes


def _render(template: str, shop: Shop, lang: str, **values: object) -> str:
    return _environment.get_template(template).render(
        shop=shop, lang=lang, texts=TEXTS[lang], **values
    )
