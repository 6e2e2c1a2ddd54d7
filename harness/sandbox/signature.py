"""Signing webhooks: HMAC-SHA256 over 18 fields of the payload (Ottu's signing mechanism)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Final

SIGNED_FIELDS: Final = (
    "amount",
    "currency_code",
    "customer_address_city",
    "customer_address_country",
    "customer_address_line1",
    "customer_address_line2",
    "customer_address_postal_code",
    "customer_address_state",
    "customer_email",
    "customer_first_name",
    "customer_last_name",
    "customer_phone",
    "gateway_account",
    "gateway_name",
    "order_no",
    "reference_number",
    "result",
    "state",
)


def sign(payload: Mapping[str, Any], hmac_key: str, names: tuple[str, ...] = SIGNED_FIELDS) -> str:
    """The hexadecimal signature; absent, null and empty fields do not take part."""
    message = "".join(f"{name}{payload[name]}" for name in names if payload.get(name))
    return hmac.new(hmac_key.encode(), message.encode(), hashlib.sha256).hexdigest()
