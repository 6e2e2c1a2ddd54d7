"""What would break every scenario alike, found out once before the first of them."""

from __future__ import annotations

import pytest

from harness.api import CheckoutAPI
from harness.errors import APIError, ConfigurationError
from harness.plugin import browsers
from harness.settings import Target

_REFUSED = (401, 403)


def check_browser(config: pytest.Config) -> None:
    """Have every browser that the run asks for, here or elsewhere.

    Raises:
        HarnessError: there is none, or what was asked for is none; as `harness.browser.trial`.
    """
    wishes = browsers.all_wanted(config)
    if wishes:
        from harness.browser import trial  # noqa: PLC0415 -- a run without a browser needs none

        trial.try_out(wishes)


def check_key(target: Target) -> None:
    """Have a private key that the target accepts; what else it says is for the scenarios.

    Raises:
        ConfigurationError: the key is unknown there, or is the public one.
        TargetUnreachable: the target does not answer.
    """
    if target.embedded:
        return
    with CheckoutAPI(target.base_url, target.api_key) as api:
        try:
            api.payment_methods()
        except APIError as error:
            if error.status not in _REFUSED:
                return
            given = target.origins.get("api_key", "OTTU_API_KEY")
            message = (
                f"{target.base_url} does not accept {given} ({error.status}: {error.detail}): "
                "it must be the private key of this merchant, not the public one."
            )
            raise ConfigurationError(message) from None
