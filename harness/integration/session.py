"""The page's own Ottu, asked with nothing but what the page itself gives to the SDK."""

from __future__ import annotations

from typing import Any, Final, Literal

import httpx
from pydantic import SecretStr

from harness.api import CheckoutAPI
from harness.errors import APIError, HarnessError, TargetUnreachable
from harness.integration.visit import Offer
from harness.settings import is_loopback

_TIMEOUT_S: Final = 10.0
#: What Ottu's own SDKs ask before they show anything.
_SETUP: Final = "/b/checkout/api/sdk/v1/pymt-txn/submit/{session_id}?enableCHD=true"

_NOT_ADMITTED: Final = (401, 403, 404)


class PagesOttu:
    """The Ottu that a merchant's page talks to, about the page's own session."""

    def __init__(self, base_url: str, session_id: str) -> None:
        self.base_url = base_url
        self.session_id = session_id

    def offers(self, public_key: str) -> list[Offer]:
        """The payment methods of the session, none where Ottu does not tell this key.

        Raises:
            TargetUnreachable: nobody answers there.
        """
        url = f"{self.base_url}{_SETUP.format(session_id=self.session_id)}"
        try:
            answer = httpx.get(
                url,
                headers={"Authorization": f"Api-Key {public_key}"},
                timeout=_TIMEOUT_S,
                # No proxy of the environment leads to this machine itself.
                trust_env=not is_loopback(httpx.URL(url).host),
            )
            told: Any = answer.json() if answer.is_success else {}
        except (httpx.HTTPError, ValueError) as error:
            message = (
                f"The Ottu of the page, {self.base_url}, gave no answer ({type(error).__name__})."
            )
            raise TargetUnreachable(message) from None
        methods = told.get("payment_methods", []) if isinstance(told, dict) else []
        return [Offer(str(each.get("code", "")), str(each.get("pg", ""))) for each in methods]

    def kind_of(self, key: str) -> Literal["public", "private", "unknown"]:
        """What a key is: a private one is admitted where only a merchant's server is.

        Nothing is changed there: the session is looked at, and that is all.
        """
        with CheckoutAPI(self.base_url, SecretStr(key)) as api:
            try:
                api.retrieve(self.session_id)
            except APIError as error:
                return "public" if error.status in _NOT_ADMITTED else "unknown"
            except HarnessError:
                return "unknown"
        return "private"
