"""The signature on Ottu's webhooks, as Ottu tells merchants to check it.

HMAC-SHA256 in lower-case hex over name and value of eighteen fields, sorted by name, put
together without a separator; a field that is absent, null or empty is left out.
Ottu: "Verify signatures" in its webhook documentation, where the test vector comes from, too.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

SIGNED_FIELDS = (
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


def sign(payload: Mapping[str, object], key: str) -> str:
    """The signature that `payload` has under the HMAC key of the merchant."""
    signed = "".join(
        f"{name}{payload[name]}"
        for name in sorted(SIGNED_FIELDS)
        if payload.get(name) not in (None, "")
    )
    return hmac.new(key.encode(), signed.encode(), hashlib.sha256).hexdigest()


def is_signed(payload: Mapping[str, object], key: str) -> bool:
    """Whether the `signature` in `payload` is the one it must have. Takes constant time."""
    given = payload.get("signature")
    if not isinstance(given, str):
        return False
    return hmac.compare_digest(sign(payload, key).encode(), given.encode())
