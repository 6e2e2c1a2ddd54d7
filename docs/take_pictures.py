"""Takes the pictures in `docs/pictures`: `python docs/take_pictures.py`.

Starts a sandbox and a shop of its own, walks through a checkout as a customer does, and
photographs what a customer sees, so that the pictures never show what is no longer so.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fixtures.test_values import TEST_VALUES  # noqa: E402
from harness.browser import find  # noqa: E402
from harness.embedded import EmbeddedSandbox  # noqa: E402
from harness.merchant.credentials import Credentials  # noqa: E402
from harness.merchant.orders import Customer, OrderRequest  # noqa: E402
from harness.merchant.shop import Shop  # noqa: E402
from harness.merchant.site import MerchantSite  # noqa: E402
from harness.wallets import install_apple_pay  # noqa: E402
from pages import CheckoutPage, KnetPage, TypedCard  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
DESKTOP: ViewportSize = {"width": 1120, "height": 820}
PHONE: ViewportSize = {"width": 390, "height": 844}


def card(pg: str, meaning: str) -> TypedCard:
    """A published test card."""
    return TypedCard(**TEST_VALUES[pg][meaning])


def order(shop: Shop, *codes: str, customer: str, lang: str = "en") -> str:
    """Place an order; the address of its page."""
    request = OrderRequest.model_validate(
        {
            "amount": "12.500",
            "currency_code": "KWD",
            "pg_codes": list(codes),
            "customer": Customer(id=customer, email="customer@example.com"),
            "lang": lang,
        }
    )
    return shop.page_url(shop.place(request))


def visit(page: Page, address: str) -> CheckoutPage:
    """Open a checkout and wait for it."""
    page.goto(address)
    checkout = CheckoutPage(page)
    checkout.await_methods()
    return checkout


def keep(page: Page, name: str) -> None:
    """Photograph the page."""
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def photograph(page: Page, shop: Shop) -> None:
    """Walk through the checkout."""
    everything = ("ottu-sandbox", "mpgs-sandbox", "knet-sandbox", "cybersource-sandbox")
    first = visit(page, order(shop, "ottu-sandbox", customer="pictures"))
    first.card_form.fill(card("ottu_pg", "approved"))
    first.keep_card()
    first.pay()
    page.wait_for_url("**/return?**")
    keep(page, "returned")

    checkout = visit(page, order(shop, *everything, customer="pictures"))
    keep(page, "checkout")
    page.set_viewport_size(PHONE)
    keep(page, "checkout-phone")
    page.set_viewport_size(DESKTOP)
    checkout.choose("mpgs-sandbox")
    checkout.card_form.fill(card("mpgs", "challenged"))
    keep(page, "card-form")
    checkout.pay()
    checkout.three_ds.await_challenge()
    keep(page, "three-ds")
    checkout.three_ds.fail()
    checkout.popup.error.wait_for()
    keep(page, "error-popup")

    visit(page, order(shop, *everything, customer="pictures", lang="ar"))
    keep(page, "checkout-arabic")

    knet = visit(page, order(shop, "knet-sandbox", customer="pictures"))
    knet.pay()
    KnetPage(page).number.wait_for()
    keep(page, "knet")


def main() -> None:
    """Take them all."""
    PICTURES.mkdir(exist_ok=True)
    choice = find()
    with tempfile.TemporaryDirectory() as folder, MerchantSite() as site, sync_playwright() as p:
        sandbox = EmbeddedSandbox(Path(folder) / "sandbox.log")
        target = sandbox.ready()
        shop = site.open_shop(
            Credentials(
                base_url=target.base_url,
                api_key=target.api_key,
                public_key=target.public_key,
                merchant_id=target.merchant_id,
                sdk_url=target.sdk_url,
                hmac_key=target.hmac_key,
            )
        )
        browser = p.chromium.launch(executable_path=choice.executable_path, args=[*choice.args])
        context = browser.new_context(viewport=DESKTOP)
        install_apple_pay(context)
        photograph(context.new_page(), shop)
        browser.close()
        sandbox.stop()


if __name__ == "__main__":
    main()
