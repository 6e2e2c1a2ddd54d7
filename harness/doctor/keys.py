"""The two keys: the private one works and is private, the public one works and is public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import httpx
from pydantic import SecretStr

from harness.api import CheckoutAPI
from harness.api.transport import RetryingReads
from harness.doctor.finding import Finding, error, fine, noteworthy, trouble
from harness.doctor.patient import Patient
from harness.errors import APIError, InfrastructureError, TargetUnreachable
from harness.settings import Target

_TIMEOUT_S: Final = 10.0
_REFUSED: Final = (401, 403)

#: Where the SDK fetches what it shows, by Ottu's own mobile SDKs; of a session nobody has.
_SDK_ADDRESS: Final = f"/b/checkout/api/sdk/v1/pymt-txn/submit/{'0' * 40}"
_NOBODYS_KEY: Final = "harness-key-nobody-has"


def private_key(patient: Patient) -> Iterator[Finding]:
    """The Checkout API takes it."""
    target = patient.ottu
    try:
        with CheckoutAPI(target.base_url, target.api_key) as api:
            patient.offered = api.payment_methods()
    except APIError as refused:
        if refused.status not in _REFUSED:
            yield error("private key", refused)
            return
        yield trouble(
            "private key",
            f"The Checkout API refuses it ({refused.status}: {refused.detail})"
            + (": it is a public key." if _is_public(target) else "."),
            "Set OTTU_API_KEY to the private key of this merchant (Ottu's dashboard, API keys).",
            2,
        )
        return
    yield fine("private key", "the Checkout API takes it")


def public_key(patient: Patient) -> Iterator[Finding]:
    """The SDK's own address takes it, and the Checkout API does not."""
    target = patient.ottu
    if _opens_the_api(target):
        yield trouble(
            "public key",
            "The Checkout API takes it: it is a private key, and a page would show it to anybody.",
            "Set OTTU_PUBLIC_KEY to the public key of this merchant, and have this one replaced "
            "if a page ever carried it.",
            2,
        )
        return
    theirs, nobodys = (_at_the_sdks(target, key) for key in (target.public_key, _NOBODYS_KEY))
    if nobodys not in _REFUSED:
        yield noteworthy(
            "public key",
            f"it is not the private one; more cannot be told, since {_SDK_ADDRESS} answers any "
            f"key with {nobodys}: the checkout in the browser will show it",
        )
    elif theirs in _REFUSED:
        yield trouble(
            "public key",
            f"The address of the SDK refuses it ({theirs}).",
            "Set OTTU_PUBLIC_KEY to the public key of this merchant (Ottu's dashboard, API keys).",
            2,
        )
    else:
        yield fine("public key", "the SDK's address takes it, the Checkout API does not")


def _is_public(target: Target) -> bool:
    given = _at_the_sdks(target, target.api_key.get_secret_value())
    return given not in _REFUSED and _at_the_sdks(target, _NOBODYS_KEY) in _REFUSED


def _opens_the_api(target: Target) -> bool:
    try:
        with CheckoutAPI(target.base_url, SecretStr(target.public_key)) as api:
            api.payment_methods()
    except APIError as refused:
        if refused.status in _REFUSED:
            return False
        raise InfrastructureError(refused.message) from refused
    return True


def _at_the_sdks(target: Target, key: str) -> int:
    """The status with which the SDK's address answers a key."""
    transport = RetryingReads(target.base_url, 2)
    with httpx.Client(transport=transport, timeout=_TIMEOUT_S) as client:
        try:
            return client.get(
                f"{target.base_url}{_SDK_ADDRESS}", headers={"Authorization": f"Api-Key {key}"}
            ).status_code
        except httpx.TransportError as lost:
            message = f"{target.base_url} stopped answering ({type(lost).__name__})."
            raise TargetUnreachable(message) from lost
