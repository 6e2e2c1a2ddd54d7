"""What a merchant's server can pay with, and what each must bring along."""

from __future__ import annotations

from typing import Any, Final

from . import validation as v

_TEXT: Final = v.string()

_APPLE_HEADER: Final = v.fields(
    {
        "ephemeralPublicKey": _TEXT,
        "wrappedKey": _TEXT,
        "publicKeyHash": _TEXT,
        "transactionId": _TEXT,
    },
    required=("publicKeyHash", "transactionId"),
)

APPLE_PAY: Final = v.fields(
    {
        "paymentData": v.fields(
            {"version": _TEXT, "data": _TEXT, "signature": _TEXT, "header": _APPLE_HEADER},
            required=("version", "data", "signature", "header"),
        ),
        "paymentMethod": v.fields(
            {"displayName": _TEXT, "network": _TEXT, "type": _TEXT},
            required=("displayName", "network", "type"),
        ),
        "transactionIdentifier": _TEXT,
    },
    required=("paymentData", "paymentMethod", "transactionIdentifier"),
)

GOOGLE_PAY: Final = v.fields(
    {
        "apiVersion": v.integer(0, 1000),
        "apiVersionMinor": v.integer(0, 1000),
        "paymentMethodData": v.fields(
            {
                "type": _TEXT,
                "description": _TEXT,
                "info": v.mapping,
                "tokenizationData": v.fields(
                    {"type": _TEXT, "token": _TEXT}, required=("type", "token")
                ),
            },
            required=("type", "description", "info", "tokenizationData"),
        ),
        "email": v.email(),
        "shippingAddress": v.mapping,
    },
    required=("apiVersion", "apiVersionMinor", "paymentMethodData"),
)

WALLET: Final = v.fields({"wallet_code": v.string(50)})
_TOKEN: Final = v.fields({"token": v.string(50)}, required=("token",))

_PAYLOADS: Final[dict[str, v.Rule]] = {
    "apple_pay": APPLE_PAY,
    "google_pay": GOOGLE_PAY,
    "samsung_pay": v.fields({"token": _TEXT}, required=("token",)),
    "token": _TOKEN,
    "wallet": WALLET,
}
_TYPE: Final = v.choice(*_PAYLOADS)


def instrument(value: Any) -> dict[str, Any]:
    """A ``payment_instrument``: a type and the payload that goes with it."""
    given = v.mapping(value)
    if given.get("instrument_type") is None:
        raise v.Bad({"instrument_type": [v.REQUIRED]})
    if given.get("payload") is None:
        raise v.Bad({"payload": [v.REQUIRED]})
    try:
        kind = _TYPE(given["instrument_type"])
    except v.Bad as bad:
        raise v.Bad({"instrument_type": bad.detail}) from None
    try:
        return {"instrument_type": kind, "payload": _PAYLOADS[kind](given["payload"])}
    except v.Bad as bad:
        raise v.Bad({"payload": bad.detail}) from None
