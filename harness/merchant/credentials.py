"""What a merchant holds: which Ottu, and the keys to it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, SecretStr


class Credentials(BaseModel):
    """A merchant's account at one target.

    `api_key` (private) and `hmac_key` stay in the backend; `public_key` goes into the page.
    Without `hmac_key` a webhook's signature can be neither confirmed nor refuted.
    `merchant_id` is the API host without scheme (`sandbox.ottu.net`), as `Checkout.init`
    wants it; `sdk_url` the address of the script.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str
    api_key: SecretStr
    public_key: str
    merchant_id: str
    sdk_url: str
    hmac_key: SecretStr | None = None
