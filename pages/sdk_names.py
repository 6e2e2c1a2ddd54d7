"""The names the SDK gives its parts: the one place to change when the live SDK differs.

Documented by Ottu: the wrapper's id, the row class with its `name` attribute, the texts of
buttons and headings (web SDK reference, theme keys and screenshots). Not documented, hence the
embedded sandbox's own: how the wrapper tells that all is rendered, the frames' titles and the
accessible names inside them. `harness doctor` says which of them a live SDK does not have.
"""

from __future__ import annotations

import re
from typing import Final

WRAPPER: Final = "#ottu-checkout-shadow-wrapper"
RENDERED: Final = f'{WRAPPER}[aria-busy="false"]'
METHOD: Final = ".ottu__sdk-payment-method"
AMOUNT: Final = ".ottu__sdk-amount"
FEES: Final = ".ottu__sdk-fees"

CARD_FRAME: Final = 'iframe[title="Card details"], iframe[title="معلومات البطاقة"]'
CVV_FRAME: Final = 'iframe[title="Card security code"]'
THREE_DS_FRAME: Final = 'iframe[title="3D Secure"]'
CHALLENGE_FRAME: Final = 'iframe[title="3D Secure challenge"]'

PAY: Final = re.compile(r"^(Pay|ادفع) ")
NUMBER: Final = re.compile("^(Card Number|رقم البطاقة)$")
# MM/YY: Playwright 1.65 does not find a pattern with a slash in it.
EXPIRY: Final = re.compile("^(MM.YY|شهر.سنة)$")
CVV: Final = re.compile("^(CVV|رمز التحقق)$")
SAVE_CARD: Final = "For Faster And More Secure Checkout, Save Your Card Details"
APPLE_PAY: Final = "Apple Pay"

ERROR_HEADING: Final = re.compile("Payment failed")
SUCCESS_HEADING: Final = re.compile("Your Payment is done successfully!")
REDIRECT_HEADING: Final = re.compile("Redirecting to the payment page")
REMOVE_HEADING: Final = re.compile("Are you sure you want to remove this method?")
THREE_DS_HEADING: Final = "3D Secure"
CLOSE: Final = "Close"
TRY_AGAIN: Final = "Try Again"
REMOVE: Final = "Yes, Remove"
KEEP: Final = "No, Keep"


def by_code(code: str) -> str:
    """The row of the payment method with that pg code (Ottu names an attribute by the bucket)."""
    return f'{METHOD}[ottu_pg="{code}"], {METHOD}[redirect="{code}"]'


def card_row(code: str) -> str:
    """The row of that method, where a card is typed in on the merchant's page."""
    return f'{METHOD}[name="ottu_pg"][ottu_pg="{code}"]'


def redirect_row() -> str:
    """The rows of methods that are paid on a gateway's own page."""
    return f'{METHOD}[name="redirect"]'
