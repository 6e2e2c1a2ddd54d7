"""Stand-ins for wallets that a browser may lack, switched on per scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext

_APPLE_PAY: Final = Path(__file__).with_name("apple_pay.js")


def install_apple_pay(context: BrowserContext) -> None:
    """Make every page of this context believe that it runs on an Apple device.

    The stand-in follows Apple Pay JS: ``ApplePaySession`` with ``canMakePayments``, merchant
    validation, authorisation and dismissal. Its sheet is drawn in the page so that a customer,
    or a page object, can use it.
    """
    context.add_init_script(path=_APPLE_PAY)
