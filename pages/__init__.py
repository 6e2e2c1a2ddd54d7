"""What a customer sees and can do, a class for each page and each component of the checkout."""

from pages.apple_pay_sheet import ApplePaySheet
from pages.card_form import CardForm
from pages.card_page import CardPage
from pages.checkout_page import CheckoutPage
from pages.embedded_checkout import EmbeddedCheckout
from pages.hosted_page import HostedPage
from pages.knet_page import KnetPage
from pages.popup import Popup
from pages.saved_cards import SavedCards
from pages.shop_pages import ErrorPage, ReturnPage
from pages.summary_page import SummaryPage
from pages.three_ds import ThreeDS
from pages.typed_card import TypedCard

__all__ = [
    "ApplePaySheet",
    "CardForm",
    "CardPage",
    "CheckoutPage",
    "EmbeddedCheckout",
    "ErrorPage",
    "HostedPage",
    "KnetPage",
    "Popup",
    "ReturnPage",
    "SavedCards",
    "SummaryPage",
    "ThreeDS",
    "TypedCard",
]
