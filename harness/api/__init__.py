"""The Checkout API: a typed client, and what was said over it."""

from harness.api.client import CheckoutAPI, Operation
from harness.api.exchange import Actor, Exchange, OnExchange
from harness.api.guard import Guard, Unguarded
from harness.api.models import (
    AvailableMethod,
    Inquiry,
    OperationResult,
    PaymentMethod,
    SavedCard,
    Transaction,
)

__all__ = [
    "Actor",
    "AvailableMethod",
    "CheckoutAPI",
    "Exchange",
    "Guard",
    "Inquiry",
    "OnExchange",
    "Operation",
    "OperationResult",
    "PaymentMethod",
    "SavedCard",
    "Transaction",
    "Unguarded",
]
