"""A merchant: a shop with a backend that holds the keys, and pages that embed the SDK."""

from harness.merchant.credentials import Credentials
from harness.merchant.door import WebhookDoor, announce
from harness.merchant.orders import Customer, Order, OrderRequest
from harness.merchant.records import AdminNotice, CustomerReturn
from harness.merchant.shop import Shop
from harness.merchant.signature import SIGNED_FIELDS, is_signed, sign
from harness.merchant.site import MerchantSite
from harness.merchant.webhooks import ReceivedWebhook

__all__ = [
    "SIGNED_FIELDS",
    "AdminNotice",
    "Credentials",
    "Customer",
    "CustomerReturn",
    "MerchantSite",
    "Order",
    "OrderRequest",
    "ReceivedWebhook",
    "Shop",
    "WebhookDoor",
    "announce",
    "is_signed",
    "sign",
]
